"""Whatever bytes are thrown at the importer: a sentence or an import, never a crash, never half of one (C1)."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from channergy_crm.errors import Mistake
from channergy_crm.records import Lead
from channergy_crm.work import ChangeRow, UnitRow
from tests.domain.mess import damaged, imported, seeds

if TYPE_CHECKING:
    from pathlib import Path

QUIET = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def mess(office: Any, tmp_path: Path) -> Path:
    """A folder for the files, beside an open office."""
    return tmp_path


@pytest.mark.engines("sqlite")
@QUIET
@given(content=st.binary(max_size=400))
@example(content=b'"\x00\n"')
@example(content=b"PK\x03\x04")
@example(content=b"company\r,\xff\xfe")
@example(content=b"BEGIN:VCARD\nEND:VCARD\n")
def test_random_bytes(mess: Path, content: bytes) -> None:
    """VT-118, C1."""
    imported(mess, content)


@pytest.mark.engines("sqlite")
@QUIET
@given(seed=st.integers(0, 10**9))
def test_damaged_files(mess: Path, seed: int) -> None:
    """VT-118, C1, C21."""
    dice = random.Random(seed)
    imported(mess, damaged(dice, dice.choice(seeds())), dice)


def test_each_file_is_sound_before_it_is_damaged(mess: Path) -> None:
    table, again, *others = (imported(mess, content, record=Lead) for content in seeds())
    assert (table, again, others) == (3, 0, [3, 3])  # the second is the first in another encoding


def test_a_half_import_would_be_noticed(mess: Path) -> None:
    imported(mess, seeds()[0], record=Lead)
    assert UnitRow.select().count() == 1
    assert ChangeRow.select().count() == Lead.select().count() == 3
    with pytest.raises(Mistake):
        imported(mess, b"", strict=True)
    assert io.BytesIO(seeds()[2]).read(2) == b"PK"
