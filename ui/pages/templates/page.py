"""The page of the tab Templates: the list at the left, the form, and how it reads for a real record (BX-26, VT-161)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.records import Template
from channergy_crm.records.templates import SAID, TemplateKind
from channergy_crm.services import templates
from channergy_crm.text.folding import fold
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.pages.page import PlainPage
from ui.pages.templates.form import TemplateForm
from ui.pages.templates.names import Names
from ui.pages.templates.reading import Reading
from ui.setup.rights.part import Column
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import Remark, named, offer, scrolling
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from channergy_crm.work import Done
    from ui.session.session import Session

NAMES, READS, BESIDE, SOON_MS = 300, 400, 1180, 200
"""pixels: the list, how it reads, and from which width on that stands beside the form; milliseconds after typing"""


class TemplatesPage(PlainPage):
    """Another template is shown only when what is typed could be saved or was given up."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Any] = []
        self._new: Any = None
        named(self, "templates.page", _("Templates"))
        self._left = Column(NAMES, self, "side", "right")
        self._left.lines.setContentsMargins(0, 10, 1, 0)
        self._lay_out_list()
        right = Column(0, self)
        right.lines.setContentsMargins(20, 14, 20, 14)
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._beside.setSpacing(24)
        self.form = TemplateForm(session, right)
        self.reading = Reading(session, right)
        self._beside.addWidget(self.form, 3)
        self._beside.addWidget(self.reading, 2)
        right.lines.addLayout(self._beside)
        right.lines.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(scrolling(right), 1)
        self._soon = later(self, self._read_through, SOON_MS)
        self._anew = later(self, self.show_all, 0)  # what is being saved just now is settled first
        self.names.chosen.connect(self._come)
        self.form.saved.connect(self._saved)
        self.form.edited.connect(self._edited)
        session.done.connect(self._heard)
        session.operator_changed.connect(self._anew.start)
        for key, deed in (("Ctrl+S", self.form.save), ("Ctrl+N", self.create_template)):
            self._key(key, deed)

    def _lay_out_list(self) -> None:
        column = self._left.lines
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 8, 0)
        line.setSpacing(2)
        create = named(Button(_("Create template"), self._left), "templates.create", _("Create template"))
        create.clicked.connect(self.create_template)
        line.addWidget(create)
        line.addStretch(1)
        self._copy = _sign(self._left, "copy", "copy", _("Copy the template"), self.copy)
        self._remove = _sign(self._left, "remove", "remove", _("Remove (Del)"), self.remove)
        for button in (self._copy, self._remove):
            line.addWidget(button)
        filters = QHBoxLayout()
        filters.setContentsMargins(12, 0, 12, 0)
        self.search = named(LineEditor(self._left), "templates.search", _("Filter the templates"))
        self.search.setPlaceholderText(_("Filter"))
        choices = [("", _("All kinds")), *((kind.value, _(said)) for kind, said in SAID.items())]
        self.kinds = named(ChoiceEditor(choices, self._left, allow_empty=False), "templates.kinds", _("Kinds shown"))
        self.kinds.set_value("")
        filters.addWidget(self.search, 1)
        filters.addWidget(self.kinds)
        self.names = Names(self._left)
        self.names.installEventFilter(self)
        self._nothing = named(Remark("", self._left), "templates.nothing", _("About the list"))
        self._nothing.setContentsMargins(12, 8, 12, 0)
        self._nothing.say("")
        column.addLayout(line)
        column.addLayout(filters)
        column.addWidget(self._nothing)
        column.addWidget(self.names, 1)
        self.search.textChanged.connect(lambda _text: self.show_all())
        self.kinds.changed.connect(self.show_all)

    def _key(self, key: str, deed: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: deed())
        self.addAction(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list Del removes; Enter goes into the form."""
        if watched is not self.names or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        deeds: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Delete: self.remove, Qt.Key.Key_Return: self._into_form, Qt.Key.Key_Enter: self._into_form,
        }  # fmt: skip
        deed = deeds.get(event.key())
        if deed is not None:
            deed()
        return deed is not None

    def _into_form(self) -> None:
        self.form.editors["name"].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """How it reads stands beside the form where there is room, else below it."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(BESIDE, self)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._beside.direction() != way:
            self._beside.setDirection(way)

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page."""
        self.show_all()

    def leave(self) -> bool:
        """What is typed is saved; what cannot be stays open."""
        if self._new is not None and self.form.row is self._new and not self.form.is_edited:
            self._new = None
        return self.form.save()

    def take_focus(self) -> None:
        """The keys go to the list."""
        self.names.setFocus()

    def parts(self) -> Sequence[QWidget]:
        """The list, the form, how it reads."""
        return [self.names, self.form, self.reading]

    def refresh(self) -> None:
        """Read the templates anew."""
        self.show_all()

    def filter_line(self) -> LineEditor:
        """Where templates are looked for."""
        return self.search

    def show_target(self, what: str, key: object) -> None:
        """Come here to one template."""
        self.search.setText("")
        self.kinds.set_value("")
        self.show_all(key)

    def standing(self) -> str:
        """How many templates are listed."""
        count = len(self._rows)
        return ngettext("{count:,} template", "{count:,} templates", count).format(count=count)

    # ---------------------------------------------------------------- the list

    def show_all(self, wanted: object = "") -> None:
        """All of them as they are now; the one looked at stays, and what is typed into it."""
        by = self._session.by
        found = self._session.attempt(lambda: templates.every(by))
        if found is None:
            return
        kind, words = self.kinds.value(), fold(self.search.text())
        self._rows = [row for row in found if (not kind or row.what == kind) and words in fold(row.name or "")]
        shown = [*self._rows, *([self._new] if self._new is not None else [])]
        before = self.names.blockSignals(True)
        self.names.fill(shown, by)
        if wanted != "":
            self.names.choose(wanted)
        elif self.form.is_edited and self.form.row is not None:
            self.names.choose(self.form.row.number)
        self.names.blockSignals(before)
        none = _("No template is called that or of that kind.") if found else _("There is no template yet; create one.")
        self._nothing.say("" if shown else none)
        if not self.form.is_edited:
            self.form.show_row(self._chosen())
            self._read_through()
        self._offer()
        self.tell_window()

    def _chosen(self) -> Any:
        key = self.names.key()
        if key is None:
            return self._new
        return next((row for row in self._rows if row.number == key), None)

    def _come(self) -> None:
        """Another one is chosen: what is typed into the one before is saved, or the list goes back to it."""
        row = self._chosen()
        if row is self.form.row:
            return
        if not self.form.save():
            before = self.names.blockSignals(True)
            self.names.choose(self.form.row.number)
            self.names.blockSignals(before)
            return
        self.form.show_row(row)
        self._read_through()
        self._offer()

    def _saved(self, row: Any) -> None:
        if row is self._new:
            self._new = None
        self.show_all(row.number)

    def _edited(self) -> None:
        """Something is typed; a new one that is given up goes."""
        if self._new is not None and self.form.row is self._new and not self.form.is_edited:
            self._new = None
            self.show_all()
        self._soon.start()

    def _heard(self, done: Done) -> None:
        if Template._meta.table_name in done.tables and self.isVisible():
            self._anew.start()

    def _offer(self) -> None:
        row = self.form.row
        none = "" if row is not None and row is not self._new else _("Choose a template first.")
        offer(self._copy, none)
        offer(self._remove, self.form.refused or ("" if row is not None else none))

    # ---------------------------------------------------------------- its verbs

    def create_template(self) -> None:
        """A new one, of the kind that is shown."""
        if not self.form.save():
            return
        kind = str(self.kinds.value() or TemplateKind.MAIL.value)
        self._new = self._session.attempt(partial(templates.start, kind, self._session.by))
        if self._new is not None:
            self.show_all(None)
            self._into_form()

    def copy(self) -> None:
        """One's own copy of the one that is chosen."""
        row = self._chosen()
        if row is None or row is self._new or not self.form.save():
            return
        made = self._session.attempt(lambda: templates.copy(row, self._session.by))
        if made is not None:
            self.show_all(made.number)
            self._session.say_done(_("{text} is yours now.").format(text=made.caption()))
            self._into_form()

    def remove(self) -> None:
        """Take the chosen one away; undo brings it back."""
        row = self._chosen()
        if row is None or not self._remove.isEnabled():
            return
        self.form.show_row(None)
        if row is self._new:
            self._new = None
        elif self._session.attempt(partial(_removed, row, self._session.by)):
            self._session.say_done(_("{text} is removed.").format(text=row.caption()))
        self.show_all()
        self.names.setFocus()

    def _read_through(self) -> None:
        self.reading.show_template(self.form.held() if self.form.row is not None else None)


def _sign(parent: QWidget, word: str, drawn: str, said: str, deed: Callable[[], object]) -> IconButton:
    button = named(IconButton(parent), f"templates.{word}", said)
    button.setIcon(icon(drawn, button))
    button.setToolTip(as_tip(said))
    button.clicked.connect(lambda: deed())
    return button


def _removed(row: Any, by: str) -> bool:
    templates.remove(row, by)
    return True
