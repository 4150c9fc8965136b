"""BX-8, BX-48, VT-163: the timeline on the screen: notes by one key, tasks, pins, pills, Find; being named."""

from __future__ import annotations

import time as stopwatch
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from channergy_crm import clock, work
from channergy_crm.records import Contact, Lead, Note, PhoneCall, Task
from channergy_crm.services import calls, conversion, leads, notes, operators, saving
from channergy_crm.services.timeline import pages
from tests.ui.hands import CTRL, KEY, SHIFT
from ui.shell.mentions import Mentions
from ui.timeline import note_text, recording
from ui.timeline.composer import NoteLines
from ui.timeline.entry_list import EntryList
from ui.timeline.recording import RecordingDialog
from ui.timeline.timeline import Timeline
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

BY = "ADMIN"


@pytest.fixture
def lead(hands: Hands, fixed_clock: object) -> Lead:
    """A lead with a note of somebody else; the window shows it."""
    operators.add("ANN", "Ann Lee", BY)
    held = leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)
    hands.go("leads")
    hands.window.session.go_to("lead", held.number)
    return held


def shown(hands: Hands) -> list[str]:
    """What stands in the list that is seen."""
    found = hands.window.findChild(EntryList, "timeline.list")
    rows = found.rows.rows if found is not None else []
    return [row.heading if row.entry is None else row.entry.title or row.entry.note for row in rows]


def news(hands: Hands) -> str:
    """What was said last."""
    return next((each.text for each in hands.window.notices.recent()), "")


def write(hands: Hands, text: str) -> None:
    """Ctrl+Shift+N, the words, Ctrl+Enter."""
    hands.press(KEY.Key_N, CTRL | SHIFT)
    lines = hands.part("leads.timeline.note", NoteLines)
    hands.bot.waitUntil(lines.hasFocus)
    lines.insertPlainText(text)
    hands.press(KEY.Key_Return, CTRL)


def test_bx8_a_note_is_one_key_away_and_is_saved_pinned_removed_and_brought_back(hands: Hands, lead: Lead) -> None:
    write(hands, "Back **after two**")
    hands.bot.waitUntil(lambda: shown(hands) == ["Today", "Back **after two**", "Create lead Kessler"])
    listed = hands.part("timeline.list", EntryList)
    hands.bot.waitUntil(listed.hasFocus)
    spoken = QAccessible.queryAccessibleInterface(listed).child(1).text(QAccessible.Text.Name)
    assert spoken == "Back after two\nToday 10:00 · ADMIN"
    hands.press(KEY.Key_P)
    hands.bot.waitUntil(lambda: shown(hands)[:2] == ["Pinned", "Back **after two**"])
    hands.press(KEY.Key_Delete)
    hands.bot.waitUntil(lambda: shown(hands) == ["Today", "Create lead Kessler"])
    hands.part("notices.undo", QPushButton).click()
    hands.bot.waitUntil(lambda: shown(hands)[:2] == ["Pinned", "Back **after two**"])


def test_bx19_what_was_begun_is_kept_and_comes_back(hands: Hands, lead: Lead) -> None:
    other = leads.create({"description": "Another", "last_name": "Norwood"}, BY)
    hands.press(KEY.Key_N, CTRL | SHIFT)
    lines = hands.part("leads.timeline.note", NoteLines)
    hands.bot.waitUntil(lines.hasFocus)
    lines.insertPlainText("Half a sen")
    hands.press(KEY.Key_Escape)
    assert not lines.isVisible() and not Note.select().exists()
    hands.window.session.go_to("lead", other.number)
    hands.press(KEY.Key_N, CTRL | SHIFT)
    assert lines.value() == "", "another record has another draft"
    hands.window.session.go_to("lead", lead.number)
    hands.open_again()
    hands.go("leads")
    hands.window.session.go_to("lead", lead.number)
    hands.press(KEY.Key_N, CTRL | SHIFT)
    assert hands.part("leads.timeline.note", NoteLines).value() == "Half a sen"


def test_bx8_pills_and_words_narrow_it_and_an_empty_note_is_refused_beside_it(hands: Hands, lead: Lead) -> None:
    notes.add(Lead, lead.number, "Speaks French", BY)
    write(hands, "  ")
    said = hands.part("leads.timeline.note_said", QLabel)
    assert said.text() == "Write something first; an empty note is not kept."
    hands.press(KEY.Key_Escape)
    timeline = hands.window.findChild(Timeline, None)
    hands.bot.waitUntil(lambda: len(shown(hands)) == 3)
    hands.part("leads.timeline.change", QPushButton).click()
    hands.bot.waitUntil(lambda: shown(hands) == ["Today", "Create lead Kessler"])
    assert hands.part("leads.timeline.all", QPushButton).text() == "All 2"
    hands.part("leads.timeline.all", QPushButton).click()
    timeline.finding.setText("nobody said this")
    remark = hands.part("leads.timeline.said", QLabel)
    hands.bot.waitUntil(lambda: remark.text() == "Nothing matches “nobody said this”.")
    hands.part("leads.timeline.clear", QPushButton).click()
    hands.bot.waitUntil(lambda: len(shown(hands)) == 3)


def test_vt4_vt151_vt163_a_task_is_made_from_a_lead_and_enter_opens_it(hands: Hands, lead: Lead) -> None:
    hands.press(KEY.Key_N, CTRL | SHIFT)
    hands.part("leads.timeline.add_task", QPushButton).click()
    hands.fill("leads.timeline.task_action", "Send the price list")
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: "Task: Send the price list" in shown(hands))
    task: Any = Task.get()
    assert (task.lead, task.owner, task.is_crm) == (lead.number, BY, True)
    listed = hands.part("timeline.list", EntryList)
    hands.bot.waitUntil(listed.hasFocus)
    listed.setCurrentIndex(listed.rows.index(shown(hands).index("Task: Send the price list")))
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: hands.here() == "tasks")
    hands.go("leads")
    conversion.convert(lead.number, BY)
    assert Task.get().opportunity is not None, "VT-165"


def test_bx8_ones_own_note_is_written_anew_with_f2_and_what_is_older_comes_below(hands: Hands, lead: Lead) -> None:
    with work.unit("Make", by=BY):
        for turn in range(pages.LIMIT):
            at = clock.now() - timedelta(days=turn + 1)
            Note.create(table="CRMLeads", of=str(lead.number), text=f"Old {turn}", author=BY, created=at)
    theirs = notes.add(Lead, lead.number, "Of Ann", "ANN")
    write(hands, "Mine")
    listed = hands.part("timeline.list", EntryList)
    hands.bot.waitUntil(lambda: "Mine" in shown(hands) and listed.hasFocus())
    listed.setCurrentIndex(listed.rows.index(shown(hands).index("Mine")))
    hands.press(KEY.Key_F2)
    lines = hands.part("leads.timeline.note", NoteLines)
    hands.bot.waitUntil(lambda: lines.hasFocus() and lines.value() == "Mine")
    lines.insertPlainText(" anew")
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: "Mine anew" in shown(hands) and listed.hasFocus())
    assert Note.select().where(Note.text == "Mine").count() == 0
    listed.setCurrentIndex(listed.rows.index(shown(hands).index("Of Ann")))
    hands.press(KEY.Key_F2)
    assert lines.isVisible() and lines.value() == "Of Ann", "while Security is off everybody may"
    hands.press(KEY.Key_Escape)
    assert Note.find(theirs.number).text == "Of Ann"
    assert f"Old {pages.LIMIT - 1}" not in shown(hands)
    hands.part("leads.timeline.older", QPushButton).click()
    hands.bot.waitUntil(lambda: f"Old {pages.LIMIT - 1}" in shown(hands))
    assert shown(hands).count("Mine anew") == 1


def test_bx8_a_contact_has_its_own_in_a_window_beside_the_grid(hands: Hands, lead: Lead) -> None:
    done = conversion.convert(lead.number, BY)
    contact: Any = done.contact
    notes.add(Contact, contact.number, "Speaks French", BY)
    hands.window.session.go_to("contact", contact.number)
    hands.bot.waitUntil(lambda: hands.part("accounts.contacts.timeline", QPushButton).isEnabled())
    hands.part("accounts.contacts.timeline", QPushButton).click()
    hands.bot.waitUntil(lambda: "Speaks French" in shown(hands))
    hands.part("timeline.list", EntryList).window().close()


def test_bx48_whoever_is_named_is_told_with_open(hands: Hands, lead: Lead) -> None:
    hands.window.findChild(Mentions)._soon.stop()  # not by the first look, but because it is written
    notes.add(Lead, lead.number, "@ADMIN please call", "ANN")
    hands.bot.waitUntil(lambda: "names you in a note on Kessler" in news(hands))
    assert news(hands).startswith("Ann Lee names you")
    hands.go("tasks")
    hands.part("notices.action", QPushButton).click()
    assert hands.window.tabs.currentIndex() == 1
    saving.undo_latest("ANN")


def test_bx8_in_a_wide_window_it_stands_beside_the_fields(hands: Hands, lead: Lead) -> None:
    hands.window.resize(1920, 1000)
    hands.bot.waitUntil(lambda: shown(hands) == ["Today", "Create lead Kessler"])
    panel, listed = hands.window._pages[1].panel, hands.part("timeline.list", EntryList)
    assert panel.along.isHidden() and listed.mapTo(panel, listed.rect().topLeft()).x() > panel.width() - 400
    hands.window.resize(1280, 900)
    assert not panel.along.isHidden()
    hands.bot.waitUntil(lambda: hands.window.findChild(EntryList, "timeline.list") is None)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("plain <b>no markup</b>", [("plain <b>no markup</b>", False, False)]),
        ("a **b** c", [("a ", False, False), ("b", True, False), (" c", False, False)]),
        ("*i* **b *bi***", [("i", False, True), (" ", False, False), ("b *bi", True, False), ("*", False, False)]),
        ("2 * 3 * 4", [("2 * 3 * 4", False, False)]),
        ("a_b_c", [("a_b_c", False, False)]),
    ],
)
def test_bx8_a_note_is_read_by_its_few_signs(text: str, pieces: list[tuple[str, bool, bool]]) -> None:
    assert [tuple(piece) for piece in note_text.lines(text)[0].pieces] == pieces


def test_f38_a_note_full_of_stars_is_read_at_once() -> None:
    begun = stopwatch.perf_counter()
    assert len(note_text.lines("*a " * 33_000)) == 1
    assert stopwatch.perf_counter() - begun < 5  # it took half a minute


def test_bx8_lists_of_a_note() -> None:
    found = note_text.lines("Wants\n- two\n* three\n1. then")
    assert [line.sign for line in found] == ["", "•", "•", "1."]
    assert note_text.plain("- **two**") == "• two"


def test_bx37_where_the_recording_lies_is_kept_with_the_call_opened_and_taken_off(
    hands: Hands, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.write_call(lead, calls.Call("N"), BY)
    (call,) = PhoneCall.select()
    dialog = RecordingDialog(call, hands.window.session, hands.window)
    dialog.show()
    line = dialog.findChild(QLineEdit, "recording.address")
    for wrong in ("not an address", "javascript:alert(1)"):
        line.setText(wrong)
        dialog.accept()
        assert dialog.isVisible() and not PhoneCall.get().recording, wrong
    line.setText("https://pbx.example/17.wav")
    dialog.accept()
    assert not dialog.isVisible() and PhoneCall.get().recording == "https://pbx.example/17.wav"
    timeline = hands.window.findChild(Timeline, "leads.timeline")
    menu = Menu(hands.window)
    recording.offer(menu, next(iter(pages.of(lead, BY, kinds=["call"]).entries)), hands.window.session, timeline)
    assert [action.text() for action in menu.actions()] == ["Open the recording", "Recording…"]
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url.toString()))
    menu.actions()[0].trigger()
    assert opened == ["https://pbx.example/17.wav"]
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: not PhoneCall.get().recording)


def test_bx48_people_are_offered_behind_an_at_sign(hands: Hands, lead: Lead) -> None:
    hands.press(KEY.Key_N, CTRL | SHIFT)
    lines = hands.part("leads.timeline.note", NoteLines)
    hands.bot.waitUntil(lines.hasFocus)
    hands.type("Ask @le")
    offers = hands.part("text.offers")
    assert [offers.item(row).text() for row in range(offers.count())] == ["ANN   Ann Lee"], "by the name as well"
    hands.press(KEY.Key_Tab)
    assert lines.toPlainText() == "Ask @ANN " and lines.hasFocus()
    hands.type("or ann@")
    assert not offers.isVisible()
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: Note.select().exists())
