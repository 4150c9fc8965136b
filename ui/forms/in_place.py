"""What follows at once in a form when something is chosen in it: values proposed beside it, labels instead of text.

Used by deals: a stage that ends one asks for what belongs to that (K22); a process may fix names and weights (SI-37).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent

from ui.editors.choices import ChoiceEditor
from ui.editors.for_kind import chosen_from, lookup_choices, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work.about import InForm


class InPlace(QObject):
    """Follows what is typed into one form."""

    def __init__(self, form: Any, follows: InForm, by: Callable[[], str]) -> None:
        super().__init__(form)
        self._form, self._follows, self._by = form, follows, by
        self._record: object = None
        self._put: dict[str, tuple[object, object]] = {}  # what stood there, and what was proposed
        self._labels: dict[str, list[tuple[object, str]]] = {}
        self._arranged: dict[str, list[str]] = {}
        self._asked = ""  # the field somebody is to come to
        self._questioned: set[str] = set()
        form.shown.connect(self._shown)
        form.offered.connect(self._offer_anew)
        form.typed.connect(self._typed)
        if follows.asks in form.rows:
            form.rows[follows.asks].editor.installEventFilter(self)

    def _values(self) -> dict[str, Any]:
        record = self._form.record
        return {**record.__data__, **self._form.changes()} if record is not None else {}

    # Which values there are

    def _shown(self) -> None:
        if self._record is not self._form.record or not self._form.is_edited:
            self._record, self._asked = self._form.record, ""
            self._put.clear()
            self._question("", "")
        if self._form.record is not None:
            self._offer()
            self._keep_elsewhere()

    def _offer_anew(self) -> None:
        self._arranged.clear()
        if self._form.record is not None:
            self._offer()

    def _offer(self) -> None:
        values = self._values()
        labels = self._follows.labels(values)
        for name in self._follows.labelled:
            if name in self._form.rows:
                self._label(name, list(labels.get(name, ())))
        for name, first in self._follows.first(values).items():
            if name in self._form.rows and self._arranged.get(name) != list(first):
                self._arrange(name, first)

    def _keep_elsewhere(self) -> None:
        """What is decided elsewhere is only read here, and says why under it (K23)."""
        form = self._form
        found = dict(self._follows.elsewhere(form.record.__data__))
        for name in ({*found, *form.elsewhere} & form.rows.keys()) if found != form.elsewhere else ():
            form.rows[name].editor.set_read_only(name in found or form.is_only_read)
            form.rows[name].ask(found.get(name, ""))
        form.elsewhere = found

    def _label(self, name: str, labels: list[tuple[object, str]]) -> None:
        """Where the office has fixed what may stand in a field, it is chosen from that; what is there stays."""
        if labels == self._labels.get(name, []):
            return
        row = self._form.rows[name]
        value, typed = row.editor.value(), name in self._form.changes()
        if labels and name in self._labels:
            row.editor.set_choices(labels)
        else:
            row.exchange(chosen_from(labels, row.kind, row, by=self._by))
            self._form.listen(name)
            if typed:
                row.editor.set_value(value)
            else:
                self._form.show_field(name)
        self._labels = {**self._labels, name: labels} if labels else {
            each: held for each, held in self._labels.items() if each != name
        }  # fmt: skip

    def _arrange(self, name: str, first: Sequence[str]) -> None:
        """The values that belong here before the others."""
        row = self._form.rows[name]
        if isinstance(row.editor, ChoiceEditor):
            place = {value: place for place, value in enumerate(first)}
            choices = lookup_choices(row.kind, self._by())
            row.editor.set_choices(sorted(choices, key=lambda choice: place.get(str(choice[0]), len(place))))
            self._arranged[name] = list(first)

    # What is asked

    def _typed(self, name: str) -> None:
        if name == self._follows.decides:
            self._offer()
        if name in (self._follows.asks, self._follows.decides):
            self._propose()

    def _propose(self) -> None:
        """What was proposed before goes where nobody has changed it; then what follows from what is chosen now."""
        form, record = self._form, self._form.record
        if record is None:
            return
        back = {name: held for name, (held, said) in self._put.items() if self._stands(name) == said}
        self._put.clear()
        form.put(back)
        found = self._follows.proposes(record.__data__, self._values())
        news = {
            name: value for name, value in found.values.items() if name in form.rows and self._stands(name) != value
        }
        self._put = {name: (self._stands(name), value) for name, value in news.items()}
        for name in {**back, **news}:
            form.rows[name].say("", wrong=False)
        form.put(news)
        self._ask(found.asked, found.question)

    def _ask(self, asked: str, question: str) -> None:
        """Say under the field what the office wants to know, and go there as soon as the stage is left."""
        rows = self._form.rows
        self._question("", "")
        self._asked = asked if asked in rows and rows[asked].has_a_place else ""
        self._question(self._asked, question)
        editor = rows[self._follows.asks].editor if self._follows.asks in rows else None
        if self._asked and isinstance(editor, ChoiceEditor) and editor.picked:
            QTimer.singleShot(0, self, self._go_on)

    def _question(self, name: str, question: str) -> None:
        for each, row in self._form.rows.items():
            if each == name or each in self._questioned:
                row.ask(question if each == name else "")
        self._questioned = {name} - {""}

    def _stands(self, name: str) -> object:
        row = self._form.rows[name]
        return stored(row.kind, row.editor.value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who walks through the stages by key comes to what is asked when they go on."""
        ahead = isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.TabFocusReason
        if event.type() == QEvent.Type.FocusOut and ahead and self._asked:
            QTimer.singleShot(0, self, self._go_on)
        return False

    def _go_on(self) -> None:
        asked, self._asked = self._asked, ""
        if asked and self._form.isVisible():
            self._form.focus(asked)
