"""*Letters…* from the window: to the marked rows, read through, kept as files, noted and taken back (BX-26, C16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog, QTableView, QWidget

from channergy_crm.records import Lead, Note
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import leads, office, templates
from channergy_crm.settings import OFFICE_ADDRESS
from channergy_crm.work import unit
from tests.domain.word_files import sections, with_fields
from tests.ui.hands import CTRL, KEY, LEFT, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
PLACES = {"address": "12 Mill Road", "city": "Boston", "state": "MA", "postal_code": "02110"}


@pytest.fixture
def bob(qtbot: Any, database_url: str, fixed_clock: object) -> Iterator[Hands]:
    """The window of an office with three leads; of one nobody knows where they live."""
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        office.choose(OFFICE_ADDRESS, "1 Harbor St\nBoston", "ADMIN")
        for first, place in (("Cy", {}), ("Ann", PLACES), ("Bob", PLACES)):
            leads.create({"description": first, "first_name": first, **place}, "ADMIN")
        hands.go("leads")
        hands.reads("leads", "First Name", ["Bob", "Ann", "Cy"])
        yield hands


def letters_of(hands: Hands) -> Any:
    """The window for letters that is open, once it is known who gets one."""
    found = [each for each in hands.window.findChildren(QWidget, "letters.dialog") if each.isVisible()]
    assert found
    hands.bot.waitUntil(lambda: found[-1].ready is not None)
    return found[-1]


def to_all(hands: Hands) -> Any:
    hands.grid("leads").selectAll()
    hands.pick(hands.menu("leads", 0, "first_name"), "Letters to 3 leads…")
    return letters_of(hands)


def choose(hands: Hands, dialog: Any, editor: str, value: object) -> None:
    drop = getattr(dialog.choice, editor)
    drop.setCurrentIndex(drop.findData(value))
    drop.changed.emit()
    hands.bot.waitUntil(lambda: dialog.ready is not None or bool(dialog._said.text()))


def shown(dialog: Any) -> str:
    return str(dialog.view.accessibleDescription())


def test_bx26_c16_marked_rows_become_letters_that_are_read_through_and_noted(
    bob: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = to_all(bob)
    choose(bob, dialog, "template", next(row for row in templates.every("ADMIN") if row.name == "Letter").number)
    assert bob.part("letters.head").text() == "2 of 3 get it"
    assert bob.part("letters.left_out").text() == "no postal address: 1 (Cy)"
    read = []
    for _time in range(3):
        read.append((bob.part("letters.reads_for").text(), bob.part("letters.about").text()))
        bob.click("letters.next")
    assert sorted(read) == [
        ("How it reads for Ann", ""), ("How it reads for Bob", ""),
        ("How it reads for Cy", "Gets none: there is no postal address."),
    ]  # fmt: skip
    path = tmp_path / "out.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog.activateWindow()
    bob.bot.waitUntil(dialog.isActiveWindow)
    bob.bot.keyClick(dialog.choice.template, KEY.Key_S, CTRL)
    bob.bot.waitUntil(lambda: Note.select().count() == 2)
    with pypdfium2.PdfDocument(path) as pdf:
        said = [page.get_textpage().get_text_range() for page in pdf]
    assert len(said) == 2 and all("12 Mill Road" in page and "1 Harbor St" in page for page in said)
    assert {row.form for row in ExportRow.select()} == {"pdf"}
    bob.bot.waitUntil(lambda: "out.pdf saved, 2 pages." in bob.said())
    bob.click("notices.undo")
    bob.bot.waitUntil(lambda: Note.select().count() == 0)


def test_bx26_labels_begin_where_the_sheet_has_some_left_and_are_not_noted(bob: Hands) -> None:
    dialog = to_all(bob)
    choose(bob, dialog, "kind", "labels")
    bob.bot.waitUntil(lambda: "Boston" in shown(dialog))
    choose(bob, dialog, "sheet", "Avery 5163")
    choose(bob, dialog, "start", 10)
    held = dialog.choice.written()
    assert (held.sheet.name, held.start, held.note) == ("Avery 5163", 10, False)
    assert not dialog.save_word.isEnabled() and dialog.save_pdf.isEnabled()
    assert dialog.view.count == 1
    with unit("Long", by="ADMIN"):
        one = Lead.get(Lead.first_name == "Ann")
        one.company = "Endless " * 30
        one.save()
    choose(bob, dialog, "sheet", "Avery 5160")
    dialog.choice.changed.emit()
    bob.bot.waitUntil(lambda: "Ann" in bob.part("letters.cut").text())


def test_bx26_a_word_document_of_the_office_is_filled_and_unknown_fields_are_said(
    bob: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = to_all(bob)
    choose(bob, dialog, "kind", "word")
    bob.bot.waitUntil(lambda: bob.part("letters.said").text() == "Choose a Word document first.")
    assert not dialog.print_button.isEnabled()
    sly = with_fields(tmp_path / "sly.docx", ["First_Name", "Shoe_Size"])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(sly), ""))
    bob.bot.mouseClick(dialog.choice._file, LEFT)
    bob.bot.waitUntil(lambda: "Shoe_Size" in bob.part("letters.said").text())
    dialog.choice.take_file(with_fields(tmp_path / "own.docx", ["First_Name", "Address"]))
    bob.bot.waitUntil(lambda: dialog.save_word.isEnabled())
    assert not dialog.save_pdf.isEnabled()
    path = tmp_path / "out.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    bob.bot.mouseClick(dialog.save_word, LEFT)
    bob.bot.waitUntil(lambda: Note.select().count() == 2)
    assert {note.text for note in Note.select()} == {
        f"Letter “own” to {name}, 12 Mill Road, Boston, MA 02110" for name in ("Ann", "Bob")
    }  # fmt: skip
    assert sorted(text.splitlines()[0] for text in sections(path)) == ["First_Name: Ann", "First_Name: Bob"]


def test_bx26_without_a_template_it_is_said_and_one_is_a_button_away(bob: Hands) -> None:
    for row in templates.every("ADMIN"):
        if row.what == "letter":
            templates.remove(row, "ADMIN")
    bob.grid("leads").selectAll()
    bob.pick(bob.menu("leads", 0, "first_name"), "Letters to 3 leads…")
    bob.bot.waitUntil(lambda: "Write one" in bob.part("letters.none").text())
    bob.click("letters.write_template")
    bob.bot.waitUntil(lambda: bob.part("templates.grid", QTableView).isVisible())
