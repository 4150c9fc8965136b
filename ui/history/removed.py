"""What was removed or deleted, of every type; *Restore* brings a record back with what went with it (BX-12, C14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, all_of, ngettext, one, quoted
from channergy_crm.services import removed
from channergy_crm.work.called import called
from ui.history.asking import Asking
from ui.history.sheet import Column, Line, Sheet
from ui.look.icons import icon
from ui.look.wording import in_full, shown
from ui.widgets.controls import Button
from ui.widgets.dialog import Dialog, Plain, Remark, named, offer

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from channergy_crm.services.removed import Item, Listed
    from channergy_crm.work import Done
    from ui.session.session import Session

NAMED = 3
"""records that went along which are named; of more it is told how many"""


class Removed(QWidget):
    """Filters, the list, *Restore*."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._asked_times = session, 0
        self.asking = Asking("removed", session.by, self, days=False)
        columns = [Column(_("When"), 160), Column(_("Who"), 150), Column(_("Record"), 150),
                   Column(_("Name"), 260, True), Column(_("Went with it"), 220)]  # fmt: skip
        self.grid = Sheet("removed.grid", _("Removed"), columns, self)
        self._said = named(Remark("", self), "removed.said", _("About what was removed"))
        self._restore = named(Button(_("Restore"), self), "removed.restore", _("Restore"))
        self._restore.setIcon(icon("restore", self._restore))
        self._restore.clicked.connect(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        column.addLayout(top)
        top.addWidget(self.asking, 1)
        top.addWidget(self._restore)
        column.addWidget(self._said)
        column.addWidget(self.grid, 1)
        self.asking.changed.connect(self.reload)
        self.grid.opened.connect(self.restore)
        self.grid.turned.connect(self._offer)
        session.done.connect(self._heard)
        self._offer()

    def look(self) -> None:
        """Somebody looks at it."""
        self.reload()

    def reload(self) -> None:
        """Read it anew."""
        self._asked_times += 1
        times, asked, by = self._asked_times, self.asking.asked(), self._session.by
        self._session.work(
            lambda _progress: removed.items(asked, by), label=_("Reading what was removed"),
            done=lambda listed: self._show(times, listed), failed=lambda error: self._fail(times, error),
            progress=False,
        )  # fmt: skip

    def _show(self, times: int, listed: Listed) -> None:
        if times != self._asked_times:
            return
        self.grid.show_lines([_line(item) for item in listed.items])
        if listed.more:
            said = _("The newest {count:,} are listed. Filter to find an older one.")
            self._say(said.format(count=len(listed.items)))
        elif listed.items:
            self._say("")
        elif self.asking.is_empty():
            self._say(_("Nothing has been removed. What is removed or deleted is listed here and can be restored."))
        else:
            self._say(_("Nothing fits these filters. Take one away."))

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._asked_times:
            self.grid.show_lines([])
            self._say(error.message, "overdue")

    def _say(self, sentence: str, ink: str = "muted") -> None:
        self._said.say(sentence, ink)
        self._offer()

    def _heard(self, _done: Done) -> None:
        if self.isVisible():
            self.reload()

    def _offer(self) -> None:
        offer(self._restore, "" if self.grid.about() is not None else _("The list is empty."))

    def restore(self) -> None:
        """Bring back the record under the cursor; what it belongs to comes along when somebody wants that."""
        item: Item | None = self.grid.about()
        if item is None:
            return
        by = self._session.by
        needed = self._session.attempt(lambda: removed.needed(item.record, item.key, by))
        if needed is None or (needed and not RestoreDialog(item, needed, self._session, self).exec()):
            return
        back = self._session.attempt(lambda: removed.restore(item.record, item.key, by, with_needed=bool(needed)))
        if back is None:
            return
        said = _("{record} is back.") if not back.others else ngettext(
            "{record} is back, and {count:,} record with it.", "{record} is back, and {count:,} records with it.",
            back.others,
        )  # fmt: skip
        there = back.shown_at
        action = (_("Open"), lambda: self._session.go_to(*there.opened_at(there.key, there.caption())))
        self._session.say_done(
            said.format(record=called(back.record), count=back.others), action=action if there.about.target else None
        )


class RestoreDialog(Dialog):
    """What a record belongs to was deleted as well: both come back, or neither."""

    def __init__(self, item: Item, needed: list[str], session: Session, parent: QWidget) -> None:
        title = _("Restore {record} “{name}”").format(record=one(item.record), name=item.name)
        super().__init__("restore", title, parent, session.station, size=(480, 180))
        said = _("It belongs to {names}, which was deleted too and comes back with it. Undo takes all of it back.")
        names = all_of([quoted(name) for name in needed])
        self.body.addWidget(self.named(Plain(said.format(names=names), self), "said", _("What will happen")))
        self.body.addStretch(1)
        self.finish_with(self.button("both", _("Restore all")), self.button("cancel", _("Cancel")))


def _line(item: Item) -> Line:
    many = len(item.went_along)
    counted = ngettext("{count:,} record", "{count:,} records", many).format(count=many)
    along = ", ".join(item.went_along) if many <= NAMED else counted
    words = (shown(None, item.done), item.who, item.record.singular, item.name, along)
    tip = "\n".join(part for part in (item.name, item.said, in_full(None, item.done) if item.done else "",
                                      ", ".join(item.went_along)) if part)  # fmt: skip
    return Line(words, item, tip)
