"""Lists and records on paper, laid out as data and read back line by line (F-62, BX-14)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QToolButton

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.services import leads
from tests.ui.gestures import activate
from tests.ui.hands import CTRL, Hands, opened
from ui.paper import list_pages, of_list, of_record, painting, printing
from ui.paper.list_pages import MOST_LINES, Column, Heading, Table, laid_out
from ui.paper.preview_dialog import PreviewDialog
from ui.paper.sheet import MARGIN, POINT, Paper, Words, sheet
from ui.session.background import Cancelled
from ui.shell import window_commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain

HEADING = Heading("Harbor Office", "Leads", "All leads · 3 leads", "ADMIN · Mon 11/23/2026")
NOW = datetime(2026, 11, 23, 10, 0)
LONG = "A description that goes on and on, with whatever somebody had to say about it. " * 12
COUNT = 60


def table(rows: int, *columns: Column, text: Callable[[int, int], str] | None = None) -> Table:
    """So many rows of these columns."""
    columns = columns or (Column("Name"), Column("Phone", whole=True), Column("Description"))
    text = text or (lambda row, column: f"{columns[column].title} {row}")
    return Table(HEADING, columns, [tuple(text(row, at) for at in range(len(columns))) for row in range(rows)])


def said(paper: Paper) -> list[str]:
    """What is read on all pages, line by line."""
    return [line for page in paper.pages for line in page.lines()]


def texts(paper: Paper) -> list[Words]:
    return [words for page in paper.pages for words in page.words]


# ---------------------------------------------------------------- a list as data


@pytest.mark.parametrize("count", [1, 27, 28, 29, 300, 1001])
def test_f62_every_row_is_there_once_and_the_last_one_too(qapp: QApplication, count: int) -> None:
    what = table(count)
    paper = laid_out(what)
    assert [row for page in paper.pages for row in page.rows] == list(what.rows)
    words = [each.text for each in texts(paper)]
    assert [text for text in words if re.fullmatch(r"Name \d+", text)] == [f"Name {number}" for number in range(count)]
    assert all(page.rows for page in paper.pages), "no page is empty"


def test_f62_each_page_has_the_titles_of_the_columns_and_its_number(qapp: QApplication) -> None:
    paper = laid_out(table(120))
    count = len(paper.pages)
    assert count > 2
    for number, page in enumerate(paper.pages, 1):
        lines = page.lines()
        assert "Name  Phone  Description" in lines
        assert lines[-1] == f"Harbor Office · Leads  Page {number} of {count}"
    first = paper.pages[0].lines()
    assert first[:3] == ["Leads  Harbor Office", "All leads · 3 leads", "ADMIN · Mon 11/23/2026"]
    assert "Leads  Harbor Office" not in paper.pages[1].lines()


def test_f62_no_row_is_torn_and_nothing_leaves_the_page(qapp: QApplication) -> None:
    paper = laid_out(table(90, text=lambda row, column: LONG if column == 2 and row % 3 == 0 else f"{column}/{row}"))
    page_of: dict[str, set[int]] = {}
    for number, page in enumerate(paper.pages):
        for words in page.words:
            assert words.x >= MARGIN - 1 and words.x + paper.sheet.width_of(words.text, words.style) <= (
                paper.sheet.width - MARGIN + 2 * POINT
            ), words
            assert MARGIN < words.y <= paper.sheet.height - MARGIN
            if re.fullmatch(r"[01]/\d+", words.text):
                page_of.setdefault(words.text.partition("/")[2], set()).add(number)
    assert len(page_of) == 90 and all(len(pages) == 1 for pages in page_of.values())
    assert all(rule.y <= paper.sheet.bottom + 1 for page in paper.pages for rule in page.rules)


def test_f62_a_long_text_goes_on_in_further_lines_and_ends_with_a_sign(qapp: QApplication) -> None:
    paper = laid_out(table(1, text=lambda row, column: LONG if column == 2 else "short"))
    lines = [words.text for words in texts(paper) if words.text.rstrip("…").strip() in " ".join(LONG.split())]
    described = [line for line in lines if len(line) > 20]
    assert len(described) == MOST_LINES and described[-1].endswith("…")
    assert " ".join(described).rstrip("…").strip() in LONG, "nothing is left out between the lines"


def test_f62_phones_and_days_stay_whole_among_long_texts(qapp: QApplication) -> None:
    columns = (Column("A"), Column("Phone", whole=True), Column("B"), Column("Due", whole=True), Column("C"))
    held = [LONG, "+44 20 7946 0018 ext. 7", LONG, "Wed 11/25/2026 14:30", LONG]
    words = [each.text for each in texts(laid_out(table(1, *columns, text=lambda row, at: held[at])))]
    assert held[1] in words and held[3] in words


def test_f62_what_has_no_room_even_in_small_letters_is_named(qapp: QApplication) -> None:
    columns = [Column(f"Number {place}", right=True, whole=True) for place in range(40)]
    paper = laid_out(table(2, *columns, text=lambda row, at: "1,234,567.00"))
    assert paper.sheet.size == list_pages.SMALL
    lines = said(paper)
    left_out = next(line for line in lines if line.startswith("No room for: "))
    assert "Number 39" in " ".join(lines) and "Number 0," not in left_out
    assert {words.text for words in texts(paper) if words.style == "text"} == {"1,234,567.00"}


def test_f62_a_narrow_list_stands_upright_and_a_wide_one_lies(qapp: QApplication) -> None:
    narrow = laid_out(table(2)).sheet
    wide = laid_out(table(2, text=lambda row, column: LONG)).sheet
    assert narrow.height > narrow.width and wide.width > wide.height


def test_f62_laying_out_tells_how_far_it_is_and_stops_when_it_is_not_wanted(qapp: QApplication) -> None:
    told: list[tuple[int, int]] = []
    laid_out(table(1000), lambda done, total: told.append((done, total)))
    assert told[-1] == (1000, 1000) and [done for done, _ in told] == sorted(done for done, _ in told)

    def stop(done: int, total: int) -> None:
        if done > 600:
            raise Cancelled

    with pytest.raises(Cancelled):
        laid_out(table(1000), stop)


# ---------------------------------------------------------------- painted


def test_f62_a_pdf_has_as_many_pages_as_were_laid_out(qapp: QApplication, tmp_path: Path) -> None:
    paper = laid_out(table(120))
    count = painting.save_pdf(paper, tmp_path / "leads.pdf", lambda done, total: None)
    pdf = (tmp_path / "leads.pdf").read_bytes()
    assert pdf.startswith(b"%PDF") and count == len(paper.pages)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == count


def test_f62_a_cancelled_pdf_leaves_nothing_and_an_older_one_as_it_was(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    path = folder / "leads.pdf"
    path.write_text("older")

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        painting.save_pdf(laid_out(table(120)), path, stop)
    assert [each.name for each in folder.iterdir()] == ["leads.pdf"] and path.read_text() == "older"
    with pytest.raises(Surroundings, match="cannot be written"):
        painting.save_pdf(laid_out(table(1)), tmp_path / "nowhere" / "x.pdf", lambda done, total: None)


def test_f62_paper_is_white_with_black_words_whatever_the_program_wears(qapp: QApplication) -> None:
    paper = laid_out(table(3))
    image = QImage(600, 800, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(600 / paper.sheet.width, 600 / paper.sheet.width)
    painting.paint(painter, paper.pages[0], paper.sheet.size)
    painter.end()
    inks = {image.pixelColor(x, y).lightness() for x in range(0, 600, 2) for y in range(200)}
    assert min(inks) < 60 and max(inks) == 255


def test_f62_smaller_paper_in_the_printer_makes_it_smaller_and_cuts_nothing(qapp: QApplication, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    paper = laid_out(table(60))
    printer.setPageLayout(paper.layout())
    assert painting._scale(paper, printer) == pytest.approx(printer.logicalDpiX() / 72 / POINT, rel=0.01)
    painting.put_on(paper, printer, lambda done, total: None, range(1, 2))
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "printed.pdf").read_bytes())) == 1


# ---------------------------------------------------------------- from the window


@pytest.fixture
def hands(office: Any, qtbot: Any, american: None) -> Iterator[Hands]:
    """Leads, one of them with a reminder for tomorrow, on a Monday."""
    with clock.fixed(NOW):
        for number in range(COUNT):
            leads.create({"description": f"Lead {number}", "phone": f"504-555-01{number:02}"}, "ADMIN")
        due = {"reminder_date": date(2026, 11, 24), "reminder_time": time(9, 30), "notes": "First line\nSecond line"}
        leads.create({"description": "Due", "last_name": "Voss", "first_name": "Ada", **due}, "ADMIN")
        with opened(qtbot, office.url) as hands:
            hands.go("leads")
            qtbot.waitUntil(lambda: hands.rows("leads") == COUNT + 1)
            hands.read_to_the_end("leads")
            yield hands


def of_leads(hands: Hands) -> Any:
    return hands.window.main_table()


def printed(hands: Hands) -> Paper:
    """The list as it would be printed now."""
    draft = printing.list_draft(of_leads(hands), hands.window.session)
    assert draft is not None
    what = of_list.wanted(of_leads(hands), hands.window.session)
    return laid_out(of_list.table_of(hands.window.session.office, what, lambda done, total: None))


def rows_of(paper: Paper) -> list[tuple[str, ...]]:
    return [row for page in paper.pages for row in page.rows]


def test_f62_a_list_goes_onto_paper_as_it_stands_with_real_days(hands: Hands) -> None:
    paper = printed(hands)
    there = hands.column("leads", "description")
    place = of_leads(hands).model.columns.index("description")
    assert [row[place] for row in rows_of(paper)] == there
    lines = said(paper)
    assert lines[0] == "Leads  Channergy CRM" and lines[1] == f"All leads · {COUNT + 1} leads"
    assert lines[2] == "ADMIN Administrator · Mon 11/23/2026"
    assert any("Tue 11/24/2026" in line for line in lines)
    assert not any("Tomorrow" in line or "Today" in line for line in lines)


def test_bx14_the_marked_rows_alone_and_what_the_filter_says(hands: Hands) -> None:
    hands.grid("leads").selectRow(0)
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    hands.grid("leads").selectionModel().select(hands.grid("leads").model().index(7, 0), rows)
    place, there = of_leads(hands).model.columns.index("description"), hands.column("leads", "description")
    paper = printed(hands)
    assert [row[place] for row in rows_of(paper)] == [there[0], there[7]]
    assert said(paper)[1] == "All leads · 2 leads marked"
    hands.part("leads.search", QLineEdit).setText("description:due")
    hands.reads("leads", "description", ["Due"])
    assert said(printed(hands))[1] == "Description contains due · 1 lead"


def test_f62_too_many_rows_and_none_are_refused_with_what_to_do(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_list, "MOST", 10)
    assert printing.list_draft(of_leads(hands), hands.window.session) is None
    assert f"{COUNT + 1} rows are too many for paper" in hands.said()
    hands.part("leads.search", QLineEdit).setText("nobody at all")
    hands.reads("leads", "description", [])
    assert printing.list_draft(of_leads(hands), hands.window.session) is None
    assert hands.said() == "The list is empty; there is nothing to print."


def record_on_paper(hands: Hands) -> Paper:
    panel = hands.window._pages[1].panel
    return of_record.laid_out(of_record.told(panel, hands.window.session))


def test_f62_a_record_on_one_page_with_its_facts_groups_and_notes(hands: Hands) -> None:
    hands.stand("leads", hands.row("leads", "description", "Due"), "description")
    hands.bot.waitUntil(lambda: hands.shows("leads.description") == "Due")
    paper = record_on_paper(hands)
    lines = said(paper)
    assert len(paper.pages) == 1
    assert lines[0] == "Ada Voss" and lines[1] == f"Lead {COUNT + 1}"
    assert "Tue 11/24/2026 09:30" in " ".join(lines)
    assert any(line.startswith("Last Name  Voss") or "Last Name  Voss" in line for line in lines)
    assert lines[lines.index("First line") + 1] == "Second line"
    assert not any("Fax" in line for line in lines[2:] if line != "Fax and address"), "empty fields say nothing"
    assert lines[-1].endswith("Page 1 of 1") and "" not in lines, "no group without a title"


def test_f62_what_is_typed_and_a_text_longer_than_a_page_is_lost_nowhere(hands: Hands) -> None:
    hands.stand("leads", hands.row("leads", "description", "Due"), "description")
    hands.bot.waitUntil(lambda: hands.shows("leads.description") == "Due")
    hands.window._pages[1].panel.form.put({"notes": "\n".join(f"Note {number}" for number in range(200))})
    paper = record_on_paper(hands)
    assert [line for line in said(paper) if line.startswith("Note ")] == [f"Note {number}" for number in range(200)]
    assert len(paper.pages) > 1
    hands.window._pages[1].panel.cancel_changes()


def previewed(hands: Hands, look: Callable[[PreviewDialog], None]) -> None:
    """Ctrl+P where the keyboard is; what comes is looked at and closed."""
    seen: list[bool] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, PreviewDialog) and dialog.paper is not None and not seen:
            seen.append(True)
            look(dialog)
            dialog.reject()

    timer = QTimer()
    timer.timeout.connect(answer)
    timer.start(10)
    hands.press(Qt.Key.Key_P, CTRL)
    hands.bot.waitUntil(lambda: bool(seen))
    timer.stop()
    activate(hands.bot, hands.window)


def test_f62_ctrl_p_prints_the_list_in_the_list_and_the_record_in_the_record(hands: Hands) -> None:
    titles: list[str] = []
    hands.stand("leads", hands.row("leads", "description", "Due"), "description")
    previewed(hands, lambda dialog: titles.append(dialog.windowTitle()))
    hands.part("leads.last_name").setFocus()
    previewed(hands, lambda dialog: titles.append(dialog.windowTitle()))
    assert titles == ["Print Leads", "Print Ada Voss"]


def test_f62_the_preview_turns_pages_by_key_and_says_which_of_how_many(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_list, "AT_ONCE", 0)  # laid out beside the window
    seen: list[object] = []

    def look(dialog: PreviewDialog) -> None:
        place = dialog.findChild(QLabel, "print.place")
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End):
            hands.bot.keyClick(dialog.view, key)
            seen.append(place.text())
        seen.append(dialog.findChild(QPushButton, "print.print").isEnabled())
        before = dialog.view.zoom
        hands.bot.mouseClick(dialog.findChild(QToolButton, "print.larger"), Qt.MouseButton.LeftButton)
        assert dialog.view.zoom > before
        hands.bot.mouseClick(dialog.findChild(QToolButton, "print.fit"), Qt.MouseButton.LeftButton)
        assert dialog.view.zoom == before

    hands.stand("leads", 0)
    previewed(hands, look)
    assert seen == ["Page 2 of 2", "Page 1 of 2", "Page 2 of 2", True]


def test_f62_save_as_pdf_is_a_command_and_tells_what_it_wrote(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(_parent: object, _title: str, begun: str, _form: str) -> tuple[str, str]:
        offered.append(begun)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    command = next(each for each in window_commands.COMMANDS if each.name == "save_pdf")
    action = hands.window.findChild(object, f"main.{command.name}")
    hands.stand("leads", 0)
    action.trigger()
    hands.bot.waitUntil(lambda: hands.said() == "mine.pdf saved, 2 pages.")
    assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF")
    assert offered[0].endswith("Leads 2026-11-23.pdf")


def test_f62_a_title_becomes_the_name_of_a_file_no_disk_refuses() -> None:
    assert printing.file_name('A/B: "C" <d>|?*') == "A B C d"
    assert printing.file_name("...") == "List" and len(printing.file_name("x" * 300)) == 80


def test_f62_letters_are_measured_as_they_are_painted(qapp: QApplication) -> None:
    paper = sheet()
    assert paper.fitted("one two three", 1e9) == ["one two three"]
    broken = paper.fitted("😀 naïve Ελληνικά " * 6, 60 * POINT)
    assert " ".join(broken).split() == ("😀 naïve Ελληνικά " * 6).split()
    assert all(paper.width_of(line) <= 60 * POINT + 1 for line in broken)
