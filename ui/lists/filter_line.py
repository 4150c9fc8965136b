"""The line a list is filtered with: words, or tests such as `status:"call back" due<today`, completed while typing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from channergy_crm.errors import Surroundings
from channergy_crm.language import _, many
from channergy_crm.query import conditions
from channergy_crm.query.syntax import FilterMistake
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.language import Named
    from channergy_crm.work.record import Record

WIDTH = 420
LETTERS_BEFORE_OFFERING = 3


class FilterLine(LineField):
    """Takes a filter for one record type and says under itself, pointing at the word, what cannot be read."""

    def __init__(self, name: str, record: type[Record], parent: QWidget) -> None:
        super().__init__(parent)
        self._record = record
        self.by: Callable[[], str] = lambda: ""
        """who types"""
        self.setObjectName(f"{name}.search")
        self.call(record)
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(WIDTH)
        self.addAction(icon("search", self), QLineEdit.ActionPosition.LeadingPosition)
        self.said = Label(parent=parent)
        self.said.setObjectName(f"{name}.search_said")
        self.said.setFont(theme.small(self.font()))
        self.said.take_markup()
        self.said.setWordWrap(True)
        self.said.hide()
        self._offered: QStringListModel | None = None
        self.textEdited.connect(self._offer)

    def call(self, named: type[Named]) -> None:
        """What the records are called that it filters."""
        records = many(named)
        self.setAccessibleName(_("Filter {records}").format(records=records))
        self.setPlaceholderText(_("Filter {records}").format(records=records))
        said = _("Words anywhere in the {records}, or tests such as  company:acme  -phone:  created:today")
        self.setToolTip(as_tip(said.format(records=records)))

    def begin(self, text: str) -> None:
        """Somebody has begun to type in the list: they go on here."""
        self.setFocus()
        self.setText(text)

    def readable(self) -> bool:
        """Whether the filter can be read; if not, it is said."""
        try:
            conditions.condition(self._record, self.text(), self.by())
        except FilterMistake as mistake:
            self._say(mistake)
            return False
        except Surroundings:  # said when the list is read
            return True
        self._say(None)
        return True

    def _say(self, mistake: FilterMistake | None) -> None:
        theme.mark(self, "problem", mistake is not None)
        self.said.setVisible(mistake is not None)
        if mistake is None:
            self.setAccessibleDescription("")
            return
        text, ink = self.text(), theme.colour(self, "overdue").name()
        from html import escape

        wrong = escape(text[mistake.start : mistake.end]) or "…"
        before, after = escape(text[: mistake.start]), escape(text[mistake.end :])
        pointed = f'{before}<span style="color:{ink}"><u>{wrong}</u></span>{after}'  # unsaid: what was typed
        self.said.setText(f"{pointed} &nbsp;–&nbsp; {escape(mistake.message)}")  # unsaid: the mistake is said already
        self.setAccessibleDescription(mistake.message)

    def _offer(self, text: str) -> None:
        last = text.rpartition(" ")[2].lstrip("-(")
        enough = len(last) >= LETTERS_BEFORE_OFFERING and self.cursorPosition() == len(text)
        if self._offered is None:  # made for who types: there are many lines, and few are ever typed into
            self._offered = QStringListModel(self)
            completer = QCompleter(self._offered, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)
        self._offered.setStringList(_completions(self._record, text, self.by()) if enough else [])


def _completions(record: type[Record], text: str, by: str) -> list[str]:
    from channergy_crm.query import completion  # wanted once somebody types, not to open the window

    with suppress(Surroundings):  # said when the list is read
        return completion.completions(record, text, by)
    return []
