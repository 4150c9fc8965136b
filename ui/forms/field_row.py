"""One field of a form: its label, its editor, and the sentence under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.editors.for_kind import editor_for, width_of
from ui.look import paint, theme
from ui.look.plain import Label, as_tip, unmarked
from ui.widgets.controls import Button
from ui.widgets.fields import NO_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.fields import Kind

LABEL_WIDTH, WIDEST_LABEL = 116, 220
"""what labels have, and what they get where a language or an office has longer words; then they go on below"""
FIELD_HEIGHT = 28
SHORT = 200
"""pixels of a field for a day, a time, a number; the others take the whole column"""
SHORT_KINDS = {"date", "time", "whole", "percent", "money", "quantity", "rate", "choice", "tick"}
SHORT_AT_MOST = 240
STAR = 10


class FieldLabel(Label):
    """What a field is called, muted; a sign in the accent says that it is required."""

    required = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.required:
            painter, line = paint.begin_turned(self), self.fontMetrics()
            at = min(line.horizontalAdvance(self.text().replace("&&", "&")) + 3, self.width() - STAR + 2)
            painter.setFont(theme.strong(self.font()))
            painter.setPen(theme.colour(self, "accent_text"))
            painter.drawText(QRectF(at, 0, STAR, theme.px(FIELD_HEIGHT, self)), Qt.AlignmentFlag.AlignVCenter, "*")


class FieldRow(QWidget):
    """An editor, what may stand beside it, and the sentence under it."""

    def __init__(self, kind: Kind[Any], name: str, parent: QWidget, by: Callable[[], str]) -> None:
        super().__init__(parent)
        self.kind = kind
        self._ends_free = False
        self.sentence = self._question = ""
        """what is said under the field now, and what is asked there"""
        self.is_kept = False  # from whoever is here, whose role does not show it
        self.editor = editor_for(kind, self, by=by)
        self.editor.setObjectName(name)
        self._said = Label(parent=self)
        self._said.setWordWrap(True)
        self._said.setFont(theme.small(self.font()))
        self._said.setObjectName(f"{name}.said")
        self._said.hide()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.editor, 1)
        self.line = line
        self._fit_editor()
        self._changed: ChangedLine | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._said)
        self.label = FieldLabel(parent=parent)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.label.muted()
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.label.setFixedHeight(FIELD_HEIGHT)
        self.label_needs = LABEL_WIDTH
        """pixels for the whole label in one line"""
        self.label.setBuddy(self.editor)

    def _fit_editor(self) -> None:
        """Days, times and numbers are short; everything else is as wide as its column."""
        self.editor.setMinimumWidth(110)
        policy = self.editor.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        if self.is_tall:
            policy.setVerticalPolicy(QSizePolicy.Policy.Expanding)
        self.editor.setSizePolicy(policy)
        if self._may_be_short:
            self.editor.setMaximumWidth(theme.px(SHORT, self))
            if not self._ends_free:
                self.line.addStretch(0)
            self._ends_free = True

    def exchange(self, editor: QWidget) -> None:
        """Let another editor take the place of the one that is there, name and all."""
        old, had_focus = self.editor, self.editor.hasFocus()
        self.editor = editor
        editor.setObjectName(old.objectName())
        self.line.replaceWidget(old, editor)
        editor.show()
        self._fit_editor()
        QWidget.setTabOrder(old, editor)
        old.hide()
        old.setParent(None)
        old.deleteLater()
        self.label.setBuddy(editor)
        self.dress()
        if had_focus:
            editor.setFocus()

    @property
    def _may_be_short(self) -> bool:
        return self.kind.edited_by in SHORT_KINDS and width_of(self.kind) <= SHORT_AT_MOST

    def align_with_days(self, days: bool) -> None:
        """A short drop-down ends where the days of its group do; without any it is as wide as the other fields."""
        if self.kind.edited_by == "choice" and self._may_be_short:
            self.editor.setMaximumWidth(theme.px(SHORT, self) if days else NO_LIMIT)

    @property
    def is_tall(self) -> bool:
        """Whether it holds longer texts."""
        return self.kind.edited_by == "lines" and not self.kind.system and not self.kind.dialed

    @property
    def has_a_place(self) -> bool:
        """Whether the office wants it in forms, and shows it to whoever is here."""
        return not (self.is_kept or self.kind.off_form or self.kind.retired or self.kind.hidden)

    def dress(self) -> None:
        """Wear the name the office gives the field, and be seen if it wants it in forms."""
        kind = self.kind
        # The label leads to its editor, so a “&” in it would underline a letter.
        self.label.setText(unmarked(kind.label))
        self.label.required = kind.required and not kind.system
        self._measure_label()
        self.editor.setAccessibleName(kind.label)
        if kind.own and kind.edited_by == "whole":
            self.editor.set_unit(kind.hint)
        elif kind.own:
            self.editor.setToolTip(as_tip(kind.hint))
        for part in (self.label, self):
            part.setVisible(self.has_a_place)

    def fit_label(self, width: int) -> None:
        """Give the label so much room; what is longer goes on in a second line."""
        if not self.label.wordWrap():  # its letters may be others since it was measured
            self.label_needs = max(self.label_needs, self.label.sizeHint().width())
        wraps = self.label_needs > width
        if self.label.wordWrap() != wraps:  # Qt would measure it anew either way
            self.label.setWordWrap(wraps)
        self.label.setFixedWidth(width)
        self.label.setFixedHeight(max(theme.px(FIELD_HEIGHT, self), self.label.heightForWidth(width) if wraps else 0))

    def _measure_label(self) -> None:
        if self.label.wordWrap():
            self.label.setWordWrap(False)
        self.label.ensurePolished()
        self.label_needs = self.label.sizeHint().width() + (STAR if self.label.required else 0)

    def say(self, sentence: str, *, wrong: bool) -> None:
        """Say something about the value under it; what is asked there when there is nothing to say."""
        if not sentence and not self.sentence:
            return
        self.sentence = sentence
        theme.mark(self.editor, "problem", bool(sentence) and wrong)
        self._said.wear("overdue" if wrong else "muted")
        self._tell()

    def ask(self, question: str) -> None:
        """Ask something under the field, until something else is asked, or nothing."""
        if question != self._question:
            self._question = question
            self._tell()

    def _tell(self) -> None:
        said = self.sentence or self._question
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.editor.setAccessibleDescription(said)

    def tell_change(self, sentence: str, take: Callable[[], object] | None = None) -> None:
        """Say under the field that somebody else has changed it; `take` puts theirs into it."""
        if self._changed is None:
            if not sentence:
                return
            self._changed = ChangedLine(self.editor, self)
            self._column.addWidget(self._changed)
        self._changed.say(sentence, take)


def join_times(rows: Mapping[str, FieldRow]) -> None:
    """A time typed beside a day goes into the field of that time, where the office has one in its form."""
    for row in rows.values():
        if row.kind.goes_with in rows:
            rows[row.kind.goes_with].editor.goes_with(row.editor if row.has_a_place else None)


class ChangedLine(QWidget):
    """What somebody else has saved into a field that is being typed into, and *Take it*."""

    def __init__(self, editor: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._take: Callable[[], object] | None = None
        name = f"{editor.objectName()}.changed"
        self._text = Label(parent=self)
        self._text.setObjectName(name)
        self._text.setWordWrap(True)
        self._text.setFont(theme.small(self.font()))
        button = Button(_("Take it"), self)
        button.setObjectName(f"{name}.take")
        button.setFont(theme.small(self.font()))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._take() if self._take is not None else None)
        self._button = button
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(button)
        QWidget.setTabOrder(editor, button)

    def say(self, sentence: str, take: Callable[[], object] | None) -> None:
        """Say this; nothing when there is nothing to say."""
        self._take = take
        self._text.setText(sentence)
        self._button.setAccessibleName(_("Take it: {change}").format(change=sentence))
        self.setVisible(bool(sentence))
