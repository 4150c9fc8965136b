"""What the site calls the stages of this office, a line each (VP-49, VP-57, VP-58)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.services import rights
from channergy_crm.sync import stage_names
from ui.editors.base import LineEditor
from ui.look import theme
from ui.look.plain import Label
from ui.setup.settings_rows import HIGH, Words
from ui.setup.viper.people_part import beside, shared_out
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from ui.session.session import Session
    from ui.setup.settings_rows import Hint


class StagesPart(QWidget):
    """A line for every stage; empty where the site calls it the same."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[str, tuple[LineEditor, Hint]] = {}
        named(self, "viper.stages", _("What the site calls the stages"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(Words(_("What the site calls the stages"), self, theme.section))
        about = _("Empty where it calls them the same. One that comes back and is not known is added to the stages.")
        lines.addWidget(Remark(about, self))
        self._grid = shared_out()
        lines.addLayout(self._grid)

    def look(self) -> None:
        """As they are now; what is typed and cannot be stays."""
        if rights.may(self._session.by, "administer"):
            return
        found = stage_names.every(self._session.by)
        if [each.stage for each in found] != list(self._rows):
            self._build(found)
        for each in found:
            editor, _hint = self._rows[each.stage]
            if not editor.hasFocus() and not editor.property("problem"):
                editor.set_value(each.theirs)

    def in_order(self) -> list[QWidget]:
        """What Tab comes to, one after the other."""
        return [editor for editor, _hint in self._rows.values()]

    def _build(self, found: list[stage_names.StageName]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._rows = {}
        for place, each in enumerate(found):
            name, editor, hint = (
                Label(each.label, self),
                LineEditor(self, max_length=stage_names.LONGEST),
                beside(self),
            )
            said = _("What the site calls {stage}").format(stage=each.label)
            named(editor, f"viper.stage.{place}", said).setPlaceholderText(each.stage)
            name.setContentsMargins(0, 0, 16, 0)
            name.setWordWrap(True)
            editor.setMinimumHeight(theme.px(HIGH, self))
            for column, widget in enumerate((name, editor, hint)):
                self._grid.addWidget(widget, place, column)
            self._rows[each.stage] = (editor, hint)
            editor.editingFinished.connect(partial(self._keep, each))

    def _keep(self, stage: stage_names.StageName) -> None:
        editor, hint = self._rows[stage.stage]
        held = {each.stage: each.theirs for each in stage_names.every(self._session.by)}
        problem = editor.text_problem()
        if problem is None and editor.value() != held.get(stage.stage, ""):
            try:
                stage_names.keep(stage.stage, editor.value(), self._session.by)
            except CRMError as error:
                problem = error.message
            else:
                said = _("The site calls {stage}: {name}.")
                self._session.say_done(said.format(stage=stage.label, name=editor.value() or stage.stage))
        theme.mark(editor, "problem", problem is not None)
        hint.say(problem or "", "overdue")
