"""The editors of the form of a rule that are not those of any other form."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import _, many
from channergy_crm.query import conditions, sentence
from channergy_crm.query.syntax import FilterMistake
from channergy_crm.records import Account
from channergy_crm.services.events import wording
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.lists.filter_line import FilterLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.work.record import Record
    from ui.pages.events.choices import Choices

NO_LIMIT = 16777215


class FilterEditor(FilterLine):
    """For which records: the same line, with the same words, as over every list."""

    changed = Signal()

    def __init__(self, by: Callable[[], str], parent: QWidget) -> None:
        super().__init__("events.filter", Account, parent)
        self.by = by
        self._quiet = False
        self.setMaximumWidth(NO_LIMIT)
        self.textChanged.connect(self._tell)

    def about(self, record: type[Record]) -> None:
        """Which records are filtered."""
        self._record = record
        self.setPlaceholderText(_("all {records}").format(records=many(record)))

    def value(self) -> str:
        """What is typed."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show this; nobody is told."""
        if (value or "") != self.text():
            self._quiet = True
            self.setText(value or "")
            self.setCursorPosition(0)
            self._quiet = False

    def set_read_only(self, on: bool) -> None:
        """Let it be read, not changed."""
        self.setReadOnly(on)

    def text_problem(self) -> str | None:
        """A sentence when it cannot be read as a filter."""
        try:
            conditions.condition(self._record, self.text(), self.by())
        except FilterMistake as mistake:
            return mistake.message
        except Surroundings:  # said when the records are counted
            return None
        return None

    def aloud(self) -> str:
        """The filter as one reads it aloud; "" where it cannot be read."""
        with suppress(CRMError):
            return sentence.sentence(self._record, self.text())
        return ""

    def _tell(self) -> None:
        if not self._quiet:
            self.changed.emit()


class ActionEditor(LineEditor):
    """What is to be done, in one line; fields of the record may be put in."""

    def __init__(self, most: int | None, parent: QWidget) -> None:
        super().__init__(parent, max_length=most)
        self._table = self._trigger = ""

    def about(self, table: str, trigger: str) -> None:
        """The records whose fields may be put in, and what is waited for."""
        self._table, self._trigger = table, trigger

    def text_problem(self) -> str | None:
        """A sentence when it is too long, or asks for a field there is not."""
        return super().text_problem() or wording.problem(self.value(), self._table, self._trigger)


class ValueEditor(QWidget):
    """A value of some field: chosen where the field has a list, else typed."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line, self._choice = LineEditor(self), ChoiceEditor([], self)
        self.parts: list[QWidget] = [self._line, self._choice]
        self._chosen = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self._line, self._choice):
            row.addWidget(part)
            part.changed.connect(self.changed)
        self.offer(None, "")

    def setObjectName(self, name: str) -> None:
        """The part that is typed into has the name."""
        self._own = name
        self._name()

    def setAccessibleName(self, said: str) -> None:
        """Both parts are called so."""
        super().setAccessibleName(said)
        for part in (self._line, self._choice):
            part.setAccessibleName(said)

    def _name(self) -> None:
        name = getattr(self, "_own", "")
        shown, other = (self._choice, self._line) if self._chosen else (self._line, self._choice)
        shown.setObjectName(name)
        other.setObjectName(f"{name}_other" if name else "")

    def offer(self, choices: Choices | None, nothing: str) -> None:
        """Offer these, or let it be typed; what stands there stays. `nothing` is what an empty one means."""
        held = self.value()
        self._chosen = choices is not None
        self._choice.nothing = nothing
        self._line.setPlaceholderText(nothing)
        self._choice.set_choices(choices or [])
        self._choice.setVisible(self._chosen)
        self._line.setVisible(not self._chosen)
        self.setFocusProxy(self._choice if self._chosen else self._line)
        self._name()
        self.set_value(held)

    def value(self) -> str:
        """The value as it is kept."""
        return str((self._choice if self._chosen else self._line).value() or "")

    def set_value(self, value: str | None) -> None:
        """Show this value."""
        self._line.set_value(value or "")
        self._choice.set_value(value or None)

    def set_read_only(self, on: bool) -> None:
        """Let it be read, not changed."""
        self._line.set_read_only(on)
        self._choice.set_read_only(on)

    def text_problem(self) -> str | None:
        """Every text can be a value."""
        return None

    def setProperty(self, name: str, value: object) -> bool:
        """A mark such as `problem` is painted by the part that is seen."""
        for part in (self._line, self._choice):
            part.setProperty(name, value)
            part.update()
        return super().setProperty(name, value)
