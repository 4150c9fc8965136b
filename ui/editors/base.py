"""Editors of one value, all of one shape, so that a form treats them alike.

What somebody typed is never taken away: when it cannot be read it stays, and `text_problem` says what would be right.
The editors of days and times are in `ui.editors.dates`, the drop-downs in `ui.editors.choices`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.text import amounts
from ui.look.wording import written_decimal, written_money
from ui.widgets.controls import CheckBox
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from channergy_crm.fields.scaled import Scaled

Suggestions = Sequence[str] | Callable[[str], Sequence[str]]
"""What may be offered while typing: a list, or a function from what is typed to a list."""


class Editor(Protocol):
    """What a form knows of an editor. `changed` is sent for every change but those of `set_value`."""

    changed: Signal

    def value(self) -> object:
        """The value as it stands; while the text cannot be read, the last one that could."""

    def set_value(self, value: object) -> None:
        """Show this value; nobody is told that something changed."""

    def set_read_only(self, on: bool) -> None:
        """Let it be read and copied, not changed."""

    def text_problem(self) -> str | None:
        """A sentence when what is typed cannot be read or does not fit, otherwise None."""


class QuietLine(LineField):
    """A line that tells what people and screen readers change, and keeps silent about `set_value`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.textChanged.connect(self._text_changed)

    def set_read_only(self, on: bool) -> None:
        """Let it be read and copied, not changed."""
        self.setReadOnly(on)

    def _text_changed(self) -> None:
        if not self._quiet:
            self._typed()
            self.changed.emit()

    def _typed(self) -> None:
        """What a kind of line does before it tells of a change."""

    def _put(self, text: str) -> None:
        if text == self.text():
            return
        self._quiet = True
        try:
            self.setText(text)
            self.setCursorPosition(0)
        finally:
            self._quiet = False


class LineEditor(QuietLine):
    """One line of text, without the blanks around it; it may offer suggestions while somebody types."""

    def __init__(
        self, parent: QWidget | None = None, *, max_length: int | None = None, suggestions: Suggestions | None = None
    ) -> None:
        super().__init__(parent)
        self._max_length = max_length
        if suggestions is not None:
            self.set_suggestions(suggestions)

    def value(self) -> str:
        """The text, never None."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show this text."""
        self._put(value or "")

    def text_problem(self) -> str | None:
        """Says when the text is longer than what the office keeps."""
        over = len(self.value()) - (self._max_length or len(self.value()))
        said = _("This is too long by {over} characters; {most} fit here.")
        return said.format(over=over, most=self._max_length) if over > 0 else None

    def set_suggestions(self, suggestions: Suggestions) -> None:
        """Offer these while somebody types."""
        offer_while_typing(self, suggestions)


def offer_while_typing(line: QLineEdit, suggestions: Suggestions) -> None:
    """Give a line a drop-down of what matches; a list is matched anywhere in the word, without regard to capitals."""
    completer = QCompleter(line)
    names = QStringListModel(completer)
    completer.setModel(names)
    popup = completer.popup()
    if popup is not None:
        popup.setProperty("popup", True)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    if callable(suggestions):
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        look_up = suggestions
        line.textEdited.connect(lambda typed: names.setStringList(list(look_up(typed)) if typed else []))
    else:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        names.setStringList(list(suggestions))
    line.setCompleter(completer)


class ReadLine(QuietLine):
    """A line whose text stands for something else: a number, an amount, a day.

    A kind of line gives `read_text` (text -> value, None for nothing, Mistake with a sentence) and `write_text`.
    The text is read when somebody asks, and written in full when the line is left.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Any = None
        self._problem: str | None = None
        self._unread = self._untidy = False
        self.editingFinished.connect(self.tidy)

    def read_text(self, text: str) -> object:
        """What the text stands for."""
        raise TypeError("each kind of line says what its text stands for")

    def write_text(self, value: Any) -> str:
        """The value as people read it."""
        raise TypeError("each kind of line says how its value is written")

    def value(self) -> Any:
        """The value as it stands; while the text cannot be read, the last one that could."""
        self._read()
        return self._value

    def set_value(self, value: object) -> None:
        """Show this value."""
        self._value, self._problem = value, None
        self._unread = self._untidy = False
        self._put("" if value is None else self.write_text(value))

    def text_problem(self) -> str | None:
        """A sentence when the text cannot be read."""
        self._read()
        return self._problem

    def tidy(self) -> None:
        """Write what was typed in full ("+3" becomes the day itself); what cannot be read stays."""
        if self._untidy and self.text_problem() is None:
            self._untidy = False
            self._put("" if self._value is None else self.write_text(self._value))

    def step_to(self, value: object) -> None:
        """Take over a value picked by key or button."""
        if self.isReadOnly() or (value == self.value() and self._problem is None):
            return
        self.set_value(value)
        self.changed.emit()

    def named(self) -> str:
        """What a sentence calls this field."""
        return self.accessibleName() or _("This field")

    def _typed(self) -> None:
        self._unread = self._untidy = True

    def _read(self) -> None:
        if not self._unread:
            return
        self._unread = False
        try:
            self._value, self._problem = self.read_text(self.text()), None
        except Mistake as mistake:
            self._problem = mistake.message


class NumberEditor(ReadLine):
    """A whole number or nothing, with the unit behind it if it has one; Up and Down count."""

    not_whole = amounts.NOT_WHOLE
    """what is said of what is no whole number"""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
        suffix: str = "",
    ) -> None:
        super().__init__(parent)
        self._minimum, self._maximum, self._suffix = minimum, maximum, suffix
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def set_unit(self, unit: str) -> None:
        """Another unit from now on; the number stays."""
        value, problem = self.value(), self.text_problem()
        self._suffix = f" {unit}" if unit else ""
        if not problem:
            self.set_value(value)

    def read_text(self, text: str) -> int | None:
        """The number without its unit."""
        figures = text.strip().removesuffix(self._suffix.strip()).strip()
        if not figures:
            return None
        number = amounts.read_whole(figures, self.named(), self.not_whole)
        if self._fits(number):
            return number
        raise Mistake(self._range_sentence())

    def write_text(self, value: int) -> str:
        """The number as the locale writes it, and its unit."""
        return self.locale().toString(value) + self._suffix

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down count by one."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().keyPressEvent(event)
        number = (self.value() or 0) + step if self.value() is not None else max(self._minimum or 0, 0)
        if self._fits(number):
            self.step_to(number)
        return None

    def _fits(self, number: int) -> bool:
        above = self._minimum is None or number >= self._minimum
        return above and (self._maximum is None or number <= self._maximum)

    def _range_sentence(self) -> str:
        said = _("{field} takes a number from {least:,} to {most:,}.")
        if self._maximum is None:
            said = _("{field} takes {least} or more.")
        elif self._minimum is None:
            said = _("{field} takes {most} or less.")
        return said.format(field=self.named(), least=self._minimum, most=self._maximum)


class PercentEditor(NumberEditor):
    """A share of a hundred, or nothing."""

    not_whole = amounts.NO_PERCENT

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, minimum=0, maximum=100, suffix=" %")


class MoneyEditor(ReadLine):
    """An amount in whole cents, or nothing; "1,234.56", "1.234,56", "$ 900" and "12k" are understood."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def read_text(self, text: str) -> int | None:
        """The cents."""
        return amounts.read_cents(text, self.named()) if text.strip() else None

    def write_text(self, value: int) -> str:
        """The amount with two digits after the decimal sign, grouped as the locale does."""
        return written_money(value, self.locale())


class DecimalEditor(ReadLine):
    """A number with decimals, read and kept as its kind does it: a quantity, or a rate in percent."""

    def __init__(self, kind: Scaled, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def read_text(self, text: str) -> int | None:
        """The whole number of its smallest parts. Three digits behind the decimal sign of this place are decimals."""
        return self._kind.typed(text, self.locale().decimalPoint())

    def write_text(self, value: int) -> str:
        """The number with the decimals it has, so that whoever typed sees at once what was understood."""
        number = written_decimal(self._kind.exact(value), self.locale())
        return f"{number} %" if self._kind.shown_as == "rate" else number


class FlagEditor(CheckBox):
    """Yes or no."""

    changed = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._read_only = self._quiet = False
        self.toggled.connect(self._toggled)

    def value(self) -> bool:
        """Whether it is checked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Check it or not."""
        self._quiet = True
        try:
            self.setChecked(bool(value))
        finally:
            self._quiet = False

    def set_read_only(self, on: bool) -> None:
        """It can still be reached and heard, but not changed."""
        self._read_only = on

    def text_problem(self) -> str | None:
        """A check box can always be read."""
        return None

    def nextCheckState(self) -> None:
        """Change with a click, unless it is only to be read."""
        if not self._read_only:
            super().nextCheckState()

    def _toggled(self) -> None:
        if not self._quiet:
            self.changed.emit()


def pass_name_on(owner: QWidget, part: QObject, suffix: str) -> None:
    """Name a part after its owner, as soon as that is named: `leads.fax` has `leads.fax.copy`."""

    def name_it() -> None:
        part.setObjectName(f"{owner.objectName()}.{suffix}" if owner.objectName() else suffix)

    owner.objectNameChanged.connect(name_it)
    name_it()
