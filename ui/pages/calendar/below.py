"""What is wrong with each field of a small form, said under that field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _
from ui.look import theme
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget


class Below:
    """The sentences under the fields of a form; `settled` is told when one more or less is said."""

    def __init__(self, parent: QWidget, settled: Callable[[], object]) -> None:
        self._parent, self._settled = parent, settled
        self._fields: dict[str, tuple[Any, Remark]] = {}

    def under(self, field: str, editor: Any) -> Remark:
        """The sentence of a field: it goes as soon as something else is typed there."""
        said = named(Remark("", self._parent, ink="overdue"), f"{editor.objectName()}.said", _("What is wrong"))
        said.setFont(theme.small(self._parent.font()))
        said.hide()
        self._fields[field] = editor, said
        editor.changed.connect(lambda: self._say(field, "") and self._settled())
        return said

    def said(self, field: str) -> str:
        """What is said beside this field now."""
        return self._fields[field][1].text()

    def knows(self, field: str | None) -> bool:
        """Whether there is a field of this name."""
        return field in self._fields

    def say(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong beside each of them, and nothing beside the others; the keys go to the first."""
        for field in self._fields:
            self._say(field, problems.get(field, ""))
        self._settled()
        first = next((editor for field, (editor, _said) in self._fields.items() if field in problems), None)
        if first is not None:
            first.setFocus()

    def _say(self, field: str, text: str) -> bool:
        """Whether something else is said now."""
        editor, said = self._fields[field]
        if said.text() == text:
            return False
        said.say(text)
        theme.mark(editor, "problem", bool(text))
        editor.setAccessibleDescription(text)
        return True
