"""Settings > Documents on paper: what is chosen stands in the sample, and what cannot be is said (BX-26, BX-52)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.services import office, sales_paper, sales_texts
from channergy_crm.settings import PAPER_ACCENT, PAPER_BANK, PAPER_FILE, PAPER_IBAN
from tests.ui.hands import Hands, opened
from ui.paper.sales.sample import Sample
from ui.session import files
from ui.setup.paper import logo
from ui.setup.paper.page import PaperPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain


@pytest.fixture
def hands(office: Any, qtbot: Any, american: None) -> Iterator[Hands]:
    with clock.fixed(datetime(2026, 11, 28, 10)), opened(qtbot, office.url) as hands:
        hands.window.go_to("setting", "paper.iban")
        yield hands


def sample(hands: Hands) -> str:
    """What stands on the first page of the sample."""
    found = hands.window.findChild(Sample)
    found.paint_now()
    return "\n".join(found.view.read())


def type_into(hands: Hands, name: str, value: str) -> None:
    row = next(each for each in hands.window.findChild(PaperPage).topic.rows.values()
               if each.editor.objectName() == f"paper.{name}")  # fmt: skip
    row.editor.set_value(value)
    row.settle()


def hints(hands: Hands) -> str:
    return " ".join(label.text() for label in hands.window.findChild(PaperPage).findChildren(QLabel))


def test_bx26_what_is_chosen_stands_in_the_sample_and_what_cannot_be_is_said(hands: Hands, tmp_path: Path) -> None:
    assert "Invoice 2026-118" in sample(hands) and "For our delivery" in sample(hands)
    type_into(hands, "iban", "DE88 3704 0044 0532 0130 00")
    assert "check digits" in hints(hands) and not office.get(PAPER_IBAN, "ADMIN")
    type_into(hands, "iban", "DE89 3704 0044 0532 0130 00")
    assert "IBAN DE89 3704" in sample(hands) and "check digits" not in hints(hands)
    type_into(hands, "accent", "red")
    assert office.get(PAPER_ACCENT, "ADMIN") == PAPER_ACCENT.default and "#1f4e79" in hints(hands)
    type_into(hands, "opening", "We bill {{ account.nam }}:")
    assert "account.name" in hints(hands) and "For our delivery" in sample(hands)
    type_into(hands, "opening", "We bill {{ account.name }}:")
    assert "We bill Sample Company:" in sample(hands)
    topic = hands.window.findChild(PaperPage).topic
    for kind, expected in (("reminder2", "Second reminder"), ("quote", "Quote 2026-118"), ("lists", "Invoice")):
        topic._kinds.set_value(kind)
        topic._turn()
        assert expected in sample(hands)
    type_into(hands, "file", "{{ list }}/{{ date }}")
    assert not office.get(PAPER_FILE.of("lists"), "ADMIN")
    type_into(hands, "file", "{{ list }} of {{ date }}")
    assert sales_texts.pattern("lists", "ADMIN") == "{{ list }} of {{ date }}"
    assert files.list_name(hands.window.session, "Leads", ending=".csv") == "Leads of 2026-11-28.csv"
    with pytest.raises(Mistake):
        logo.picture(tmp_path / "nothing.png")


def test_bx26_the_sample_follows_what_is_typed_before_it_is_stored(hands: Hands) -> None:
    rows = {each.editor.objectName(): each for each in hands.window.findChild(PaperPage).topic.rows.values()}
    rows["paper.opening"].editor.insertPlainText("Dear {{ account.name }},")
    rows["paper.bank"].editor.insert("Harbor Bank")
    found = hands.window.findChild(Sample)
    assert found._soon.isActive(), "it is painted soon"
    said = sample(hands)
    assert "Dear Sample Company," in said and "Harbor Bank" in said
    assert not office.get(PAPER_BANK, "ADMIN")
    rows["paper.opening"].editor.insertPlainText(" {{ account.nam }}")
    assert "For our delivery" in sample(hands), "what cannot be is left out"


def test_bx26_a_logo_is_made_small_and_takes_nothing_from_elsewhere(qapp: object, tmp_path: Path) -> None:
    photograph = QImage(3_000, 2_000, QImage.Format.Format_RGB32)
    photograph.fill(QColor("#a8480a"))
    photograph.save(str(tmp_path / "large.jpg"))
    made = QImage.fromData(logo.picture(tmp_path / "large.jpg"))
    assert (made.width(), made.height()) == (720, 480)
    assert len(logo.picture(tmp_path / "large.jpg")) < sales_paper.LARGEST_LOGO
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"><rect width="30" height="10"/>{}</svg>'
    (tmp_path / "plain.svg").write_text(drawing.format(""))
    assert QImage.fromData(logo.picture(tmp_path / "plain.svg")).width() == 1_240
    for worse in ('<image href="file:///etc/passwd"/>', "<script>1</script>", "<style>@import url(http://x)</style>"):
        (tmp_path / "worse.svg").write_text(drawing.format(worse))
        with pytest.raises(Mistake):
            logo.picture(tmp_path / "worse.svg")
    for name, data in (
        ("text.png", b"no picture"),
        ("broken.svg", b"<svg"),
        ("huge.png", b"x" * (logo.MOST_BYTES + 1)),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Mistake):
            logo.picture(tmp_path / name)
