"""What anonymising would reach, with its counts, before it is done for good (SI-40, DP-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.language import _, figures, ngettext
from channergy_crm.records import BY_TABLE
from channergy_crm.services.privacy import anonymising
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Dialog, Plain, Remark, offer, scrolling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.errors import CRMError
    from channergy_crm.services.privacy.age import Who
    from channergy_crm.services.privacy.anonymising import Preview
    from ui.session.background import Job, Progress
    from ui.session.session import Session

NAMED, REASONS, COUNTED = 6, 8, 200
"""names and reasons that are said one by one; people of whom it is counted what is reached"""


class AnonymiseDialog(Dialog):
    """Counts beside the window; the verb can be pressed once everybody has seen what it reaches."""

    def __init__(self, people: Sequence[Who], session: Session, parent: QWidget) -> None:
        super().__init__("anonymise", _("Anonymise"), parent, session.station, size=(560, 460))
        self._people, self._session, self._turn = people, session, 0
        self._job: Job | None = None
        self.finished.connect(lambda _result: self._stop())
        self._said = self.named(Plain("", self), "said", _("What is done"))
        self.body.addWidget(self._said)
        self._along = self.named(CheckBox(self), "along", _("Also what else is about them"))
        self._along.setText(_("Also what else is about them: what a lead became, the contacts of an account"))
        self._along.setChecked(True)
        self.body.addWidget(self._along)
        self._room = QWidget(self)
        self._counts = QGridLayout(self._room)
        self._counts.setContentsMargins(0, 0, 12, 0)
        self._counts.setHorizontalSpacing(16)
        self._counts.setColumnStretch(1, 1)
        self.body.addWidget(scrolling(self._room), 1)
        self._held = self.named(Remark("", self, ink="overdue"), "held", _("Who is kept"))
        self._held.say("")
        self.body.addWidget(self._held)
        self._verb = self.button("for_good", _("Anonymise for good"), _("Nobody can take it back (Enter)"))
        self._cancel = self.button("cancel", _("Cancel"), _("Change nothing (Esc)"))
        self.finish_with(self._verb, self._cancel)
        self._along.clicked.connect(lambda _on: self.look())
        self._cancel.setFocus()
        self.look()

    @property
    def along(self) -> bool:
        """Whether everything about the very same people is reached."""
        return self._along.isChecked()

    def look(self) -> None:
        """Count what it would reach."""
        self._turn += 1
        self._stop()
        turn, people, along, by = self._turn, self._people[:COUNTED], self.along, self._session.by
        offer(self._verb, _("Counting what that reaches…"))
        self._said.setText(_("Counting what that reaches…"))

        def work(progress: Progress) -> list[Preview]:
            found = []
            for place, one in enumerate(people):
                progress.step(place, len(people))
                found.append(anonymising.preview(one.record, one.key, by, along=along))
            return found

        self._job = self._session.work(
            work, label=_("Counting what anonymising reaches"), done=lambda found: self._show(turn, found),
            failed=lambda error: self._fail(turn, error), progress=False,
        )  # fmt: skip

    def _stop(self) -> None:
        """What is not wanted any more is not counted to its end."""
        if self._job is not None:
            self._job.cancel()

    def _show(self, turn: int, found: Sequence[Preview]) -> None:
        if turn != self._turn:
            return
        free = [one for one in found if not one.held]
        others = len(self._people) - len(found)
        said = _names(free, others) or _("None of them may be anonymised yet.")
        if others:
            counted = ngettext(
                "Counted for the first {some}; {count:,} more is done likewise.",
                "Counted for the first {some}; {count:,} more are done likewise.", others,
            )  # fmt: skip
            said = f"{said}\n{counted.format(some=figures(len(found)), count=others)}"
        elsewhere = list(dict.fromkeys(one.elsewhere for one in free if one.elsewhere))
        self._said.setText("\n".join([said, *elsewhere]))
        self._fill(free)
        held = [sentence for one in found for sentence in (_kept(one),) if sentence]
        more = len(held) - REASONS
        if more > 0:
            held[REASONS:] = [_("… and {count:,} more.").format(count=more)]
        self._held.say("\n".join(held), "overdue")
        offer(self._verb, "" if free or others else _("None of them may be anonymised yet."))

    def _fill(self, found: Sequence[Preview]) -> None:
        while (item := self._counts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        counts: dict[str, int] = {}
        for one in found:
            for what, count in one.counts.items():
                counts[what] = counts.get(what, 0) + count
        for place, (what, count) in enumerate(_in_the_plural(counts).items()):
            for column, text in enumerate((figures(count), what)):
                words = Plain(text, self._room)
                self._counts.addWidget(words, place, column)
                words.show()
        self._counts.setRowStretch(len(counts), 1)

    def _fail(self, turn: int, error: CRMError) -> None:
        if turn == self._turn:
            self._said.setText("")
            self._held.say(error.message, "overdue")


def _in_the_plural(counts: Mapping[str, int]) -> dict[str, int]:
    """Of several people together: what each has one of there are several of."""
    plural = {record.singular: record.plural for record in BY_TABLE.values()}
    found: dict[str, int] = {}
    for what, count in counts.items():
        many = plural.get(what, what)
        said = many if count > 1 or many in counts else what
        found[said] = found.get(said, 0) + count
    return found


def _names(found: Sequence[Preview], others: int) -> str:
    people = list(dict.fromkeys(name for one in found for name in one.people))
    named = ", ".join(people[:NAMED])
    if (more := max(len(people) - NAMED, 0) + others) and people:
        named = ngettext("{names} and {count:,} more", "{names} and {count:,} more", more).format(
            names=named, count=more
        )
    said = _("{people}: who they are goes from their records, from the history and from everything below. Figures and "
             "links stay. That is never taken back.")  # fmt: skip
    return said.format(people=named) if people else ""


def _kept(one: Preview) -> str:
    if not one.held:
        return ""
    return _("{name} is kept: {reasons}").format(name=", ".join(dict.fromkeys(one.people)), reasons=" ".join(one.held))
