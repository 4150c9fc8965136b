"""Everything people read can be translated."""

from __future__ import annotations

import pytest

from tests.house import Source, sources
from tests.sentences import PRODUCT, complaints

FILES = [source for source in sources() if source.below(*PRODUCT)]


@pytest.mark.parametrize("source", [pytest.param(source, id=source.path) for source in FILES])
def test_every_text_is_marked(source: Source) -> None:
    found = complaints(source)
    assert not found, "\n".join([*found, "How texts are marked: channergy_crm/language.py"])
