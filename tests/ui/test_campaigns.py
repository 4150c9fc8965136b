"""The tab Campaigns: by menu and by ＋, members by their lists and by key, mail and calls out of it (VT-139…VT-141)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QPushButton, QWidget

from channergy_crm import language
from channergy_crm.records import Campaign, CampaignMember, Contact, Lead, Note
from channergy_crm.services import leads, templates
from channergy_crm.services.campaigns import keeping, members
from tests import made
from tests.ui.gestures import activate, write
from tests.ui.hands import CTRL, KEY, LEFT, SHIFT
from ui.editors.choices import SuggestEditor
from ui.lists.choose_dialog import ChooseDialog
from ui.outgoing.mail_dialog import MailDialog
from ui.pages.campaigns import figures
from ui.pages.campaigns.add_dialog import AddDialog
from ui.pages.campaigns.page import MEMBERS, CampaignsPage
from ui.pages.leads import LeadsPage
from ui.paper.letters_dialog import LettersDialog
from ui.search.commands import offers
from ui.shell.menu import Menu
from ui.shell.selection_menu import ways

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
BY = "ADMIN"
GRID = "campaigns.members"


def lead(name: str, **values: Any) -> Lead:
    return leads.create({"description": name, "last_name": name, **values}, BY)


@pytest.fixture
def fair(hands: Hands, fixed_clock: object) -> Campaign:
    held = keeping.start(BY)
    held.name = "Spring fair"
    return keeping.save(held, BY)


def page(hands: Hands) -> CampaignsPage:
    return hands.window.findChild(CampaignsPage)


def open_members(hands: Hands, of: Campaign, names: list[str]) -> None:
    hands.window.session.go_to("campaign_members", of.number)
    hands.bot.waitUntil(lambda: page(hands) is not None and page(hands).tabs.currentIndex() == MEMBERS)
    hands.reads(GRID, "name", names)


def in_dialog(hands: Hands, kind: type[QWidget], does: Callable[[Any], object]) -> None:
    """Do something in the question that comes up next."""

    def look() -> None:
        dialog: Any = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isActiveWindow():
            does(dialog)
        else:
            QTimer.singleShot(20, hands.window, look)

    QTimer.singleShot(20, hands.window, look)


def test_vt139_vt140_the_menu_opens_the_list_and_the_plus_on_top_makes_one(hands: Hands, fixed_clock: object) -> None:
    hands.window.findChild(QAction, "main.campaigns").trigger()
    hands.bot.waitUntil(lambda: hands.here() == "campaigns")
    hands.reads("campaigns", "name", [])
    hands.click("campaigns.create")
    hands.fill("campaigns.name", "Spring fair")
    hands.fill("campaigns.budget", "1,500.00")
    hands.press(KEY.Key_S, CTRL)
    hands.reads("campaigns", "name", ["Spring fair"])
    held = Campaign.get()
    assert (held.budget, held.status, held.owner) == (150_000, "Planning", BY)
    assert hands.part("campaigns.figures").isVisible()


def test_vt139_the_selection_menu_has_a_part_marketing(hands: Hands) -> None:
    found = [way for way in ways(hands.window.findChild(Menu)) if way.group == "Marketing"]
    assert [way.name for way in found] == ["Campaigns"]


def test_vt141_members_are_chosen_noted_by_key_taken_out_and_brought_back(hands: Hands, fair: Campaign) -> None:
    lead("Abel")
    lead("Bell")
    made.contact(made.account("Mill"), "Mia", "Moor")
    open_members(hands, fair, [])

    def choose(dialog: AddDialog) -> None:
        hands.bot.waitUntil(lambda: dialog.table.model.rowCount() == 2)
        assert dialog.table.current() is not None, "Enter adds somebody from the beginning on"
        dialog.add_all()
        dialog.parts.setCurrentIndex(1)
        hands.bot.waitUntil(lambda: dialog.table.model.rowCount() == 1)
        dialog.table.go_to_row(0)
        dialog.add()
        dialog.reject()

    in_dialog(hands, AddDialog, choose)
    hands.click(GRID + ".create")
    activate(hands.bot, hands.window)
    hands.reads(GRID, "name", ["Abel", "Bell", "Moor, Mia"])
    hands.stand(GRID, 0, "name")
    hands.press(KEY.Key_R, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: CampaignMember.select().where(CampaignMember.status == "Responded").count() == 1)
    hands.reads(GRID, "status", ["Responded", "Planned", "Planned"])
    hands.stand(GRID, 1, "note")
    hands.press(KEY.Key_Delete)
    hands.reads(GRID, "name", ["Abel", "Moor, Mia"])
    hands.press(KEY.Key_Z, CTRL)
    hands.reads(GRID, "name", ["Abel", "Bell", "Moor, Mia"])
    hands.fill_cell(GRID, 1, "note", "wants a sample")
    hands.bot.waitUntil(lambda: CampaignMember.select().where(CampaignMember.note == "wants a sample").exists())


def test_vt141_marked_rows_or_the_whole_list_are_put_into_a_campaign_known_or_new(hands: Hands, fair: Campaign) -> None:
    for name in ("Abel", "Bell", "Cole"):
        lead(name)
    hands.go("leads")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 3)
    hands.stand("leads", 0, "last_name")
    table = hands.window.findChild(LeadsPage).table

    def put(name: str, *, every: bool) -> None:
        def answer(dialog: Any) -> None:
            dialog.findChild(SuggestEditor).setEditText("long " * 40)
            assert "80 fit" in dialog.findChild(QWidget, "add_to_campaign.said").text()
            assert not dialog.findChild(QPushButton, "add_to_campaign.do").isEnabled()
            write(hands.bot, dialog.findChild(SuggestEditor), name)
            dialog.findChild(QCheckBox).setChecked(every)
            dialog.findChild(QPushButton, "add_to_campaign.do").click()

        in_dialog(hands, ChooseDialog, answer)
        next(action for action in table.actions() if action.objectName() == "leads.add_to_campaign").trigger()
        activate(hands.bot, hands.window)

    put("spring fair", every=False)
    hands.bot.waitUntil(lambda: CampaignMember.select().count() == 1)
    put("Autumn", every=True)
    hands.bot.waitUntil(lambda: CampaignMember.select().count() == 4)
    assert Campaign.select().count() == 2
    put("Spring fair", every=True)
    hands.bot.waitUntil(lambda: CampaignMember.select().count() == 6)
    hands.bot.waitUntil(lambda: "1 was in it already" in hands.said())


def test_vt141_letters_to_members_say_written_to_and_one_undo_takes_it_back(
    hands: Hands, fair: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = {"address": "12 Mill Road", "city": "Boston", "state": "MA", "postal_code": "02110"}
    abel, bell = lead("Abel", **place), lead("Bell")
    members.add(fair.number, Lead, [abel.number, bell.number], BY)
    open_members(hands, fair, ["Abel", "Bell"])
    offers("letters to members", hands.window, hands.window.session)[0].run()
    dialog: Any = hands.window.findChild(LettersDialog)
    assert (dialog.campaign, dialog.records) == (fair.number, [(Lead, abel.number), (Lead, bell.number)])
    assert dialog.choice.note.text().endswith("and in the campaign")
    drop = dialog.choice.template
    drop.setCurrentIndex(drop.findData(next(row for row in templates.every(BY) if row.name == "Letter").number))
    drop.changed.emit()
    hands.bot.waitUntil(lambda: dialog.ready is not None and dialog.save_pdf.isEnabled())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.pdf"), ""))
    hands.bot.mouseClick(dialog.save_pdf, LEFT)
    hands.reads(GRID, "status", ["Written to", "Planned"])
    assert Note.select().count() == 1
    dialog.reject()
    hands.click("notices.undo")
    hands.reads(GRID, "status", ["Planned", "Planned"])
    assert Note.select().count() == 0


def test_vt3_vt141_mail_and_calls_out_of_a_campaign_go_to_its_members(hands: Hands, fair: Campaign) -> None:
    abel, bell = lead("Abel", phone="650-253-0001"), lead("Bell", phone="650-253-0002")
    mia = made.contact(made.account("Mill"), "Mia", "Moor")
    members.add(fair.number, Lead, [abel.number, bell.number], BY)
    members.add(fair.number, Contact, [mia.number], BY)
    open_members(hands, fair, ["Abel", "Bell", "Moor, Mia"])
    hands.click(GRID + ".send_mail")
    dialog = hands.window.findChild(MailDialog)
    assert dialog.campaign == fair.number
    assert dialog.records == [(Lead, abel.number), (Lead, bell.number), (Contact, mia.number)]
    dialog.reject()
    hands.click(GRID + ".call")
    hands.bot.waitUntil(lambda: hands.here() == "leads")
    rounds = hands.window.findChild(LeadsPage).calling.rounds
    assert (rounds.is_running, rounds.list_name) == (True, "Spring fair")
    rounds.end()


def test_vt141_figures_are_said_as_their_language_writes_them() -> None:
    before = language.in_use()
    language.use("de")
    try:
        assert (figures.percent(32.43), figures.percent(-100.0), figures.amount(12345)) == (
            "32,4 %",
            "-100 %",
            "12.345",
        )
    finally:
        language.use(before)
    assert (figures.percent(32.43), figures.amount(12345)) == ("32.4 %", "12,345")
