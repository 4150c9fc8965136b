"""Records that are the same, side by side: which one stays, and whose value, field by field (BX-9, C13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from channergy_crm.language import N_, _, all_of, counted
from channergy_crm.services.duplicates.proposal import JOINED, Hanging, Proposal, Side
from ui.forms.clash_dialog import excerpts, shown
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Dialog, Plain, Remark, scrolling
from ui.widgets.option import Option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.settings import Station

KEY = Qt.Key
HOW = N_("← → or 1, 2 … choose a value, ↑ ↓ go through the fields. Nothing is lost: Ctrl+Z takes all of it back.")


class Row:
    """The options of one field, or of who stays; one is chosen at any time."""

    def __init__(self, group: QButtonGroup, options: Sequence[Option], chosen: int) -> None:
        self.group, self.radios = group, [option.radio for option in options]
        for place, radio in enumerate(self.radios):
            group.setId(radio, place)
        self.radios[chosen].setChecked(True)

    def choose(self, place: int) -> None:
        """The option in that place, if there is one."""
        if 0 <= place < len(self.radios) and self.radios[place].isEnabled():
            self.radios[place].setChecked(True)
            if any(radio.hasFocus() for radio in self.radios):
                self.enter()

    @property
    def chosen(self) -> int:
        """Which one it is."""
        return self.group.checkedId()

    def enter(self) -> None:
        """The keyboard comes here."""
        self.radios[self.chosen].setFocus(Qt.FocusReason.TabFocusReason)


class MergeDialog(Dialog):
    """Proposes a value for every field; whatever differs is marked and can be chosen otherwise."""

    def __init__(self, proposal: Proposal, parent: QWidget | None = None, station: Station | None = None) -> None:
        count = len(proposal.records)
        title = _("Merge {records}").format(records=counted(proposal.record, count))
        super().__init__("merge", title, parent, station, size=(min(1180, 240 + 260 * count), 680))
        self._proposal = proposal
        self._rows: dict[str, Row] = {}
        self._alike: list[QWidget] = []
        self.body.addWidget(Plain(_("Which one stays, and which values?"), self, bold=True))
        self.body.addWidget(Remark(_(HOW), self))
        table = self._table()
        self.body.addWidget(scrolling(table), 1)
        self.body.addLayout(self._foot())
        merge = self.button("merge", _("Merge"), _("Make one of them (Enter)"))
        self.finish_with(merge, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self._keep = self._rows.pop("")
        self._keep.group.idToggled.connect(lambda *_: self._tell())
        self._tell()
        (next((row for row in self._rows.values() if row.radios[0].isVisibleTo(self)), None) or self._keep).enter()

    def keep(self) -> int:
        """The place of the record that stays."""
        return self._keep.chosen

    def choice(self) -> dict[str, int]:
        """By field, whose value stays, or that the texts are joined."""
        count = len(self._proposal.records)
        return {name: row.chosen if row.chosen < count else JOINED for name, row in self._rows.items()}

    # The table

    def _table(self) -> QWidget:
        table = QWidget(self)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column in range(1, len(self._proposal.records) + 1):
            grid.setColumnStretch(column, 1)
        self._add_row(grid, 0, "", Plain(_("Stays"), table), self._heads())
        sides = sorted(self._proposal.sides, key=lambda side: not side.differs)
        for number, side in enumerate((side for side in sides if any(side.values)), 1):
            self._add_side(grid, 2 * number, side)
        grid.setRowStretch(2 * len(sides) + 4, 1)
        return table

    def _heads(self) -> Callable[[QButtonGroup], list[Option]]:
        records, hanging, belonging = self._proposal.records, self._proposal.hanging, self._proposal.belonging
        singular = self._proposal.record.singular

        def made(group: QButtonGroup) -> list[Option]:
            found = []
            for place, record in enumerate(records):
                told = [f"{singular} {record.key}", belonging[place], _hanging(hanging[place])]
                name, more = record.caption(), " · ".join(filter(None, told))
                found.append(
                    Option(
                        name, group, f"merge.keep.{place + 1}", _("Keep {name}").format(name=name), bold=True, more=more
                    )
                )
            return found

        return made

    def _add_side(self, grid: QGridLayout, row: int, side: Side) -> None:
        words = excerpts([shown(self._proposal.records[0], side.name, value) for value in side.values])
        label = Plain(side.kind.label, grid.parentWidget(), bold=side.differs)

        nothing = _("empty")

        def made(group: QButtonGroup) -> list[Option]:
            found = [
                Option(
                    text or _("Empty"),
                    group,
                    f"merge.{side.name}.{place + 1}",
                    f"{side.kind.label}: {text or nothing}",
                )
                for place, text in enumerate(words)
            ]
            for option, text in zip(found, words, strict=True):
                option.setEnabled(not side.settled and side.differs)
                option.quiet(not text)
            if side.joinable:
                found.append(
                    Option(_("All of them, one after the other"), group, f"merge.{side.name}.joined",
                           _("{field}: all of them, one after the other").format(field=side.kind.label))
                )  # fmt: skip
            return found

        self._add_row(grid, row, side.name, label, made, side)
        if side.settled:
            said = Remark(_("It stays, whoever has it."), grid.parentWidget())
            grid.addWidget(said, row + 1, 1, 1, len(side.values))

    def _add_row(
        self, grid: QGridLayout, row: int, name: str, label: QWidget, make: Callable[[QButtonGroup], list[Option]],
        side: Side | None = None,
    ) -> None:  # fmt: skip
        group = QButtonGroup(self)
        options = make(group)
        label.setContentsMargins(0, 3, 0, 3)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        count = len(self._proposal.records)
        for place, option in enumerate(options):
            joined = place == count
            where = (row + 1, 1, 1, count) if joined else (row, place + 1, 1, 1)
            grid.addWidget(option, *where, Qt.AlignmentFlag.AlignTop)
            option.radio.installEventFilter(self)
        chosen = self._proposal.keep if side is None else side.proposed
        self._rows[name] = Row(group, options, count if chosen == JOINED else chosen)
        if side is not None and not side.differs:
            self._alike += [label, *options]
            for widget in (label, *options):
                widget.hide()

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self._moving = Remark("", self)
        line.addWidget(self._moving, 1)
        if self._alike:
            box = self.named(
                CheckBox(_("Fields that are the same, too"), self), "show_same", _("Show equal fields too")
            )
            box.toggled.connect(self._show_alike)
            line.addWidget(box)
        return line

    def _show_alike(self, on: bool) -> None:
        for widget in self._alike:
            widget.setVisible(on)

    def _tell(self) -> None:
        keep = self._keep.chosen
        moving = _hanging(self._proposal.moving(keep))
        caption = self._proposal.records[keep].caption()
        self._moving.say(
            _("{moving} will move to {name}.").format(moving=moving, name=caption)
            if moving
            else _("{name} takes the place of the others.").format(name=caption)
        )

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QRadioButton):
            return self._pressed(watched, event.key()) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, radio: QRadioButton, key: int) -> bool:
        rows = [row for row in (self._keep, *self._rows.values()) if row.radios[0].isVisible()]
        place = next(place for place, row in enumerate(rows) if radio in row.radios)
        row = rows[place]
        if key in (KEY.Key_Left, KEY.Key_Right):
            row.choose(row.chosen + (1 if key == KEY.Key_Right else -1))
        elif KEY.Key_1 <= key <= KEY.Key_9:
            row.choose(key - KEY.Key_1)
        elif key in (KEY.Key_Up, KEY.Key_Down):
            rows[max(0, min(len(rows) - 1, place + (1 if key == KEY.Key_Down else -1)))].enter()
        else:
            return False
        return True


def _hanging(hanging: Hanging) -> str:
    """What hangs on a record, such as "2 tasks and 1 opportunity"."""
    return all_of([counted(record, count) for record, count in hanging.items()])
