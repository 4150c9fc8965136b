"""All that waits because it lacks something: the reason, and the field one key away (VP-13…VP-27)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _, figures
from channergy_crm.records import BY_TABLE
from channergy_crm.settings import VIPER
from channergy_crm.sync import lacking
from ui.editors.choices import ChoiceEditor
from ui.forms.synced import mend
from ui.history.sheet import Column, Line
from ui.look import theme
from ui.pages.sync.listed import ENTER, Listed
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QWidget

    from channergy_crm.sync.lacking import Waiting
    from ui.session.session import Session

REASON, FIELD = 2, 3
ANY = ""


class WaitingList(Listed):
    """Each record with what it lacks; Enter, or a click on the reason, puts the cursor into the field."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        columns = [Column(_("Name"), 240, True, shares=1), Column(_("Record"), 130),
                   Column(_("Why it waits"), 320, shares=2), Column(_("Field"), 150)]  # fmt: skip
        super().__init__("waiting", _("What waits"), columns, session, parent)
        self._reason = named(ChoiceEditor([(ANY, _("Every reason"))], self, allow_empty=False), "sync.reason",
                             _("Why it waits"))  # fmt: skip
        self._reason.setFixedWidth(theme.px(340, self))
        self._reason.set_value(ANY)
        self._reason.changed.connect(self.reload)
        self.tools.addWidget(self._reason)
        self.verb("fill", _("Fill it in"), "edit", self.open_record, quiet=False, key=ENTER)
        self.grid.clicked.connect(self._clicked)

    def read(self, start: int, count: int, by: str) -> Sequence[Waiting]:
        """Those of the chosen reason."""
        return lacking.read(by, str(self._reason.value() or ANY), start, count)

    def line(self, item: Waiting) -> Line:
        """A row in words."""
        where = BY_TABLE[item.lack.table]
        field = where.kind(item.lack.field).label if item.lack.field else ""
        field = _("Who stands for whom") if item.lack.in_settings else field
        words = (item.caption, BY_TABLE[item.table].singular, item.lack.sentence, field)
        return Line(words, item, "\n".join(part for part in words if part))

    def nothing(self) -> str:
        """Why there are no rows."""
        if self._reason.value():
            return _("Nothing waits for this reason any more. Choose another one.")
        return _("Nothing lacks anything: whatever is ready goes to Viper by itself.")

    def _show(self, times: int, items: Sequence[Any], *, whole: bool, more: bool = False) -> None:
        super()._show(times, items, whole=whole, more=more)
        if not more and times == self._times:
            self._count()

    def _count(self) -> None:
        """How many wait for which reason, when the list is there."""
        times, by = self._times, self.session.by
        self.session.work(
            lambda _progress: lacking.counts(by), label=VIPER.label,
            done=lambda counts: self._offer_reasons(counts) if times == self._times else None,
            failed=lambda error: self._fail(times, error), progress=False,
        )  # fmt: skip

    def _offer_reasons(self, counts: Mapping[str, int]) -> None:
        chosen, titles = self._reason.value() or ANY, lacking.titles()
        said = _("{title} ({count})")
        choices = [(name, said.format(title=titles[name], count=figures(count))) for name, count in
                   counts.items()]  # fmt: skip
        if chosen and chosen not in counts:
            choices.append((chosen, titles.get(chosen, chosen)))
        blocked = self._reason.blockSignals(True)
        self._reason.set_choices([(ANY, _("Every reason")), *choices])
        self._reason.set_value(chosen)
        self._reason.blockSignals(blocked)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() in (REASON, FIELD):
            self.open_record()

    def open_record(self) -> None:
        """Where it is mended: the record with the cursor in the field, the conflicts, or who stands for whom."""
        one: Waiting | None = self.grid.about()
        if one is not None:
            mend(one.lack, self.session, self)
