"""Two people changed the same record: both versions, field by field, and a choice for each (C6)."""

from __future__ import annotations

import os.path
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import lookups
from ui.editors.dates import written_date
from ui.look.wording import written_money
from ui.widgets.dialog import Dialog, Plain, Remark, scrolling
from ui.widgets.option import Option

if TYPE_CHECKING:
    from channergy_crm.errors import Clash, Difference
    from channergy_crm.settings import Station
    from channergy_crm.work.record import Record

ROOM = 300
STRETCHES = (2, 4, 5, 5)
BEFORE_THE_DIFFERENCE = 40


class ClashDialog(Dialog):
    """What it was, what I typed and what they saved; mine is chosen until somebody chooses otherwise."""

    def __init__(
        self, clash: Clash, record: Record, parent: QWidget | None = None, station: Station | None = None
    ) -> None:
        super().__init__("clash", _("Changed by two people"), parent, station, size=(760, 400))
        self._clash, self._record = clash, record
        self._options: dict[str, tuple[Option, Option]] = {}
        self.body.addWidget(Plain(clash.message, self, bold=True))
        self.body.addWidget(
            Remark(_("Choose which version stays. Changes that do not touch each other are kept anyway."), self)
        )
        self.body.addLayout(self._shortcuts())
        self.body.addWidget(scrolling(self._versions()), 1)
        save = self.button("save", _("Save this"), _("Save the record with the versions chosen here"))
        self.finish_with(save, self.button("keep_editing", _("Keep editing"), _("Save nothing yet (Esc)")))
        first = clash.differences[0].name
        self._options[first][0].radio.setFocus()

    def choice(self) -> dict[str, object]:
        """The chosen value of each field two people changed, by its python name."""
        return {
            one.name: one.mine if self._options[one.name][0].radio.isChecked() else one.theirs
            for one in self._clash.differences
        }

    def take(self, side: int) -> None:
        """Choose the same side for every field: 0 mine, 1 theirs."""
        for pair in self._options.values():
            pair[side].radio.setChecked(True)

    def _shortcuts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for side, (word, text) in enumerate((("all_mine", _("All mine")), ("all_theirs", _("All theirs")))):
            button = self.button(word, text)
            button.clicked.connect(lambda _on=False, side=side: self.take(side))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _versions(self) -> QWidget:
        table = QWidget(self)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        saver = self._clash.by or _("somebody else")
        titles = ("", _("Before"), _("Mine"), _("Saved by {operator}").format(operator=saver))
        for column, words in enumerate(titles):
            grid.addWidget(Plain(words, table, bold=True), 0, column)
            grid.setColumnStretch(column, STRETCHES[column])
        for row, one in enumerate(self._clash.differences, 1):
            self._add_field(grid, row, one)
        grid.setRowStretch(len(self._clash.differences) + 1, 1)
        return table

    def _add_field(self, grid: QGridLayout, row: int, one: Difference) -> None:
        before, mine, theirs = excerpts([shown(self._record, one.name, v) for v in (one.base, one.mine, one.theirs)])
        group = QButtonGroup(self)
        self._options[one.name] = (
            Option(
                mine or _("Empty"),
                group,
                f"clash.{one.name}.mine",
                _("{field}, mine: {value}").format(field=one.label, value=mine or _("empty")),
            ),
            Option(
                theirs or _("Empty"),
                group,
                f"clash.{one.name}.theirs",
                _("{field}, theirs: {value}").format(field=one.label, value=theirs or _("empty")),
            ),
        )
        self._options[one.name][0].radio.setChecked(True)
        old = Remark(before or _("Empty"), self)
        old.setContentsMargins(0, 3, 0, 3)
        label = Plain(one.label, self)
        label.setContentsMargins(0, 3, 0, 3)
        for column, widget in enumerate((label, old, *self._options[one.name])):
            grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)


def shown(record: Record, name: str, value: Any, locale: QLocale | None = None) -> str:
    """A value as people read it: the description of a list's value, days and amounts as the locale writes them."""
    kind, place = record.kind(name), locale or QLocale()
    if value is None:
        return ""
    if kind.shown_as == "described":
        return lookups.describe(kind, value)
    if kind.shown_as == "money":
        return written_money(value, place)
    if kind.shown_as == "tick":
        return _("Yes") if value else _("No")
    return written_date(value, place) if type(value) is date else kind.show(value)


def excerpts(texts: list[str]) -> list[str]:
    """What it was, mine and theirs; long texts are cut to the part where mine and theirs begin to differ."""
    if all(len(text) <= ROOM for text in texts):
        return texts
    start = max(0, len(os.path.commonprefix(texts[1:])) - BEFORE_THE_DIFFERENCE)  # noqa: RUF071
    return [_cut(text, start) for text in texts]


def _cut(text: str, start: int) -> str:
    start = min(start, max(0, len(text) - BEFORE_THE_DIFFERENCE))
    part = text[start : start + ROOM]
    return f"{'…' if start else ''}{part}{'…' if start + ROOM < len(text) else ''}"
