"""The map of fields as a table one can read: what goes to the site, and what comes back (VP-28…VP-58)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _, label
from channergy_crm.sync import fields
from ui.history.sheet import HIGH, Column, Line, Sheet
from ui.look import theme
from ui.setup.settings_rows import Words
from ui.widgets.dialog import Remark


class FieldsTable(QWidget):
    """The table, whole: the page scrolls, not the table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        title = _("Which field goes which way")
        lines.addWidget(Words(title, self, theme.section))
        for sentence in (fields.TERMS, *fields.RULES.values()):
            lines.addWidget(Remark(_(sentence), self))
        columns = [Column(_("Record"), 124), Column(_("Field here"), 158), Column(_("In Viper"), 174),
                   Column(_("Which way"), 200, takes_rest=True)]  # fmt: skip
        self.grid = Sheet("sync.map", title, columns, self)
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid.show_lines([Line(_said(mapped), mapped) for mapped in fields.MAP])
        lines.addWidget(self.grid)
        titles = self.grid.horizontalHeader().sizeHint().height()
        self.grid.setFixedHeight(titles + len(fields.MAP) * theme.px(HIGH, self))


def _said(mapped: fields.Mapped) -> tuple[str, ...]:
    here = mapped.record.kind(mapped.name).label
    return (label(mapped.record, "singular"), here, _(mapped.label), _(mapped.direction.value))
