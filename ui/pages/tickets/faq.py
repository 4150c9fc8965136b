"""The tab FAQ: answers to what is asked again and again, from draft to published (VT-176, VT-186)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from channergy_crm.language import N_, _
from channergy_crm.records import FAQ
from channergy_crm.records.tickets import DRAFT, OBSOLETE, PUBLISHED, REVIEWED
from channergy_crm.services import faq
from channergy_crm.services.tickets import deeds
from channergy_crm.work.called import called
from ui.forms.record_panel import RecordPanel
from ui.look.wording import shown
from ui.pages.record_page import RecordPage
from ui.pages.tickets import words
from ui.screens.tickets import FAQS
from ui.widgets.summary import Fact, Summary

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

STAGES = {"publish": PUBLISHED, "reviewed": REVIEWED, "obsolete": OBSOLETE}
SHOWN = [("living", N_("Answers in use")), (PUBLISHED, N_("Published")), (REVIEWED, N_("Reviewed")),
         (DRAFT, N_("Drafts")), (OBSOLETE, N_("Obsolete answers")), ("all", N_("All answers"))]  # fmt: skip
MEANS = {PUBLISHED: "done"}


class AnswerPanel(RecordPanel):
    """A question with its answer, and its verbs."""

    def do(self, name: str) -> None:
        """Do one of the verbs; what was typed is saved before."""
        if not self.save_changes() or self.record is None:
            return
        held: FAQ = self.record
        if name == "copy_answer":
            QGuiApplication.clipboard().setText(held.answer or "")
            self.session.notices.say(_("The answer is in the clipboard."))
        elif self.session.attempt(lambda: faq.set_status(held.number, STAGES[name], self.by)) is not None:
            stage = shown(FAQ.kind("status"), STAGES[name])
            self.session.say_done(_("{record}: {stage}.").format(record=called(held), stage=stage))

    def phone(self) -> str:
        """Nobody is called here."""
        return ""


class FAQPage(RecordPage):
    """The answers of the office, those in use first."""

    shows = SHOWN
    panel_type = AnswerPanel

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(FAQS, session, parent)
        self.view_bar.which.currentIndexChanged.connect(lambda _place: self.table.refresh())

    def _which(self) -> str:
        bar = getattr(self, "view_bar", None)  # a view may be looked through before the page is built
        held = bar.which.currentData() if bar is not None else "living"
        return held if isinstance(held, str) else "all"

    def condition(self) -> object:
        """Everybody's answers: a question is nobody's."""
        which = self._which()
        number: Any = FAQ.number
        if which == "all":
            return number > 0
        return FAQ.status != OBSOLETE if which == "living" else FAQ.status == which

    def whose(self) -> str:
        return ""

    def show_in_list(self, record: FAQ) -> None:
        which, obsolete = self._which(), record.status == OBSOLETE
        fits = which == "all" or (which == "living" and not obsolete) or which == record.status
        if not fits:
            self.view_bar.show_base("all")
            self.table.refresh()

    def start(self) -> FAQ:
        return faq.start(self.session.by)

    def save(self, record: FAQ, by: str) -> FAQ:
        return faq.save(record, by)

    def summary(self, record: FAQ) -> Summary:
        stage = shown(FAQ.kind("status"), record.status)
        used = words.used(record).removeprefix(f"{stage} · ")
        return Summary(
            record.caption(), shown(FAQ.kind("category"), record.category), tag=stage,
            meaning=MEANS.get(record.status or "", ""),
            facts=[Fact(_("Seen by customers"), _("yes") if record.status == PUBLISHED else _("no")),
                   Fact(_("Used"), used)],
        )  # fmt: skip

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to an answer, or to a new one out of a ticket."""
        if what != "new_faq_answer" or not isinstance(key, int):
            super().show_target(what, key)
            return
        if not self.leave():
            return
        record = self.session.attempt(lambda: deeds.to_faq(key, self.session.by))
        if record is not None:
            self.panel.new(record)
