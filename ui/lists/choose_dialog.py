"""One question with one answer: a value out of a list, or a name that may be new; what it will do is said first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.language import _
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.look import theme
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from channergy_crm.settings import Station

Say = Callable[[Any], str]
"""what the answer will do, as a sentence; nothing while there is no answer"""


class ChooseDialog(Dialog):
    """Nothing is chosen beforehand. `option` is a tick beside the answer; `wrong` says why one cannot be taken."""

    def __init__(
        self, name: str, title: str, label: str, choices: Sequence[tuple[object, str]], verb: str, say: Say, *,
        new: bool = False, option: str = "", first: str = "", parent: QWidget | None = None,
        station: Station | None = None, wrong: Say | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name, title, parent, station, size=(460, 210))
        self._say, self._first, self._wrong = say, first, wrong
        self._editor: ChoiceEditor | SuggestEditor = (
            SuggestEditor([text for _value, text in choices], self) if new else ChoiceEditor(choices, self)
        )
        self.named(self._editor, "value", label)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.addWidget(Plain(label, self), 0, 0)
        grid.addWidget(self._editor, 0, 1)
        self._option = self.named(CheckBox(option, self), "option", option) if option else None
        if self._option is not None:
            grid.addWidget(self._option, 1, 1)
        self.body.addLayout(grid)
        self._said = self.named(Remark(first, self), "said", _("What it will do"))
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self._do = self.button("do", verb)
        self.finish_with(self._do, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self._editor.changed.connect(self._tell)
        self._tell()
        self._editor.setFocus()

    def chosen(self) -> Any:
        """The answer."""
        return self._editor.value()

    def ticked(self) -> bool:
        """Whether the option beside it was taken."""
        return self._option is not None and self._option.isChecked()

    def _tell(self) -> None:
        value = self.chosen()
        wrong = self._wrong(value) if value and self._wrong is not None else ""
        self._said.say(wrong or (self._say(value) if value else self._first), "overdue" if wrong else "muted")
        theme.mark(self._editor, "problem", bool(wrong))
        self._do.setEnabled(bool(value) and not wrong)
