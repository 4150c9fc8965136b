"""No text is cut and none is left in English, in every language there is (BX-35, VT-1); all of it by hand:
`python -m tests.cut_texts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QTranslator

from channergy_crm import language
from tests.cut_texts import SIZES, looked_at

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SMALLEST = {"960x700": SIZES["960x700"]}


@pytest.mark.parametrize("code", language.languages()[1:])
def test_vt1_bx35_nothing_is_cut_or_english_at_the_smallest_size(
    qapp: QApplication, greek_sample: str, code: str
) -> None:
    """Every view and every topic of the settings; the words of the office are Greek."""
    place = QLocale()
    try:
        assert [str(found) for _size, found in looked_at(qapp, greek_sample, code, SMALLEST, whole=False)] == []
    finally:
        QLocale.setDefault(place)
        for spoken_by_qt in qapp.findChildren(QTranslator):
            qapp.removeTranslator(spoken_by_qt)
