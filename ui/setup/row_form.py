"""A form of the settings about one row: saved with Ctrl+S, what is wrong stands beside its field and stays typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.errors import Clash, CRMError, Mistake
from channergy_crm.language import _
from ui.look import theme
from ui.look.wording import key_name
from ui.widgets.controls import Button
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from ui.session.session import Session
    from ui.widgets.dialog import Remark


class RowForm(QWidget):
    """One row at a time; what somebody else has saved meanwhile is shown below what is typed here."""

    saved = Signal(object)
    """the row as it is kept now"""
    edited = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.row: Any = None
        self.refused = ""
        """why nothing may be changed in the row that is shown; asked then, not with every key"""
        self.editors: dict[str, Any] = {}
        self._wrong: dict[str, Remark] = {}

    # ---------------------------------------------------------------- what a form says of itself

    def show_row(self, row: Any) -> None:
        """Show this one, as it is kept; None when there is none."""
        raise NotImplementedError

    def typed(self) -> dict[str, Any]:
        """What is typed and not saved, by field."""
        raise NotImplementedError

    @property
    def is_edited(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.row is not None and bool(self.typed())

    def put(self, field: str, value: Any) -> None:
        """Into the row, as it is kept."""
        setattr(self.row, field, value)

    def write(self, by: str) -> None:
        """Save the row."""
        raise NotImplementedError

    def said(self) -> str:
        """What is told when it is saved."""
        raise NotImplementedError

    def offer_verbs(self) -> None:
        """*Save* and *Cancel* where there is something to save."""
        raise NotImplementedError

    # ---------------------------------------------------------------- its verbs

    def verbs(self, word: str, indent: int) -> QHBoxLayout:
        """*Save* and *Cancel*, below the fields."""
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addSpacing(indent)  # a margin would stay at its side where lines go leftwards
        self.save_button = named(Button(_("Save"), self, key=key_name("Ctrl+S")), f"{word}.save", _("Save"))
        self.cancel_button = named(Button(_("Cancel"), self), f"{word}.cancel", _("Cancel"))
        self.cancel_button.quiet()
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.take_back)
        for button in (self.save_button, self.cancel_button):
            line.addWidget(button)
        line.addStretch(1)
        return line

    def save(self) -> bool:
        """Write what is typed; False when it cannot be, which is said beside its field."""
        if self.row is None or not self.is_edited:
            return True
        problems = {field: said for field, each in self.editors.items() if (said := each.text_problem())}
        if problems:
            self.say(problems)
            return False
        held = self.row.held()
        for field, value in self.typed().items():
            self.put(field, value)
        try:
            self.write(self._session.by)
        except CRMError as error:
            self.row.hold(held)
            if not (isinstance(error, Clash) and self.take_theirs(error)):
                field = (error.field if isinstance(error, Mistake) else "") or ""
                self.say({field if field in self.editors else next(iter(self.editors)): error.message})
            return False
        self.say({})
        self._session.say_done(self.said())
        self.saved.emit(self.row)
        return True

    def take_theirs(self, clash: Clash) -> bool:
        """Somebody has saved it meanwhile: what was not touched here is theirs from now on, what was typed stays."""
        fresh: Any = self._session.find(type(self.row), self.row.key)
        if fresh is None:
            return False
        typed = self.typed()
        self.show_row(fresh)
        for field, value in typed.items():
            self.editors[field].set_value(value)
        said = _("{clash} Save again to put yours in its place; Cancel shows theirs.").format(clash=clash.message)
        self.say({next(iter(typed), next(iter(self.editors))): said})
        self.offer_verbs()
        return True

    def take_back(self) -> None:
        """What is typed goes, as it was kept before."""
        self.show_row(self.row)
        self.edited.emit()

    def say(self, problems: dict[str, str]) -> None:
        """What is wrong beside each field; the keys go to the first of them."""
        for field, wrong in self._wrong.items():
            wrong.say(problems.get(field, ""))
            theme.mark(self.editors[field], "problem", field in problems)
        first = next((field for field in self.editors if field in problems), "")
        if first:
            self.editors[first].setFocus()
