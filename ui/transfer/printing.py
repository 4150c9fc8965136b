"""A list on paper: the marked rows, or all the filter finds, in the columns on the screen."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

from channergy_crm import clock
from channergy_crm.language import _, many
from channergy_crm.query import sentence
from channergy_crm.query.listing import label
from ui.look.plain import titled
from ui.look.wording import right_aligned, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.lists.table import RecordTable
    from ui.session.session import Session

TABLE = (
    '<table width="100%" cellspacing="0" cellpadding="3" border="1" style="border-collapse:collapse">'  # unsaid: HTML
    "<thead><tr>"
)
HEADING = '<th align="left">{}</th>'  # unsaid: HTML
CELL = '<td align="{}">{}</td>'  # unsaid: HTML
MOST = 2000
"""rows; who wants more on paper exports them"""


def preview(table: RecordTable, session: Session) -> None:
    """Show the pages; from there they go to a printer or into a PDF."""
    places = rows_to_print(table)
    if not places:
        session.notices.warn(_("The list is empty; there is nothing to print."))
        return
    if len(places) > MOST:
        session.notices.warn(
            _("{count:,} rows are too many for paper; mark or filter up to {most:,}, or export them.").format(
                count=len(places), most=MOST
            ),
        )
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintPreviewDialog(printer, table)
    dialog.setObjectName("print.dialog")
    dialog.setWindowTitle(titled(_("Print {records}").format(records=many(table.record))))
    paper = document(table, session, places)
    dialog.paintRequested.connect(lambda onto: put_on(paper, onto))
    dialog.exec()
    dialog.deleteLater()


def rows_to_print(table: RecordTable) -> Sequence[int]:
    """The places of the marked rows when several are marked, otherwise of all rows."""
    count = table.grid.marked_count()
    if count < 2:
        return range(table.model.rowCount())
    if count > MOST:
        return range(count)
    return [row for run in table.grid.marked() for row in run]


def document(table: RecordTable, session: Session, places: Sequence[int]) -> QTextDocument:
    """What stands on the pages."""
    model, record = table.model, table.record
    header = table.grid.horizontalHeader()
    columns = [header.logicalIndex(place) for place in range(header.count())]
    sides = ["right" if right_aligned(model.kind(column)) else "left" for column in columns]
    told = sentence.sentence(record, table.search.text().strip())
    lines = [
        f"<h2>{escape(record.plural)}</h2>",
        f"<p>{escape(told)} · {len(places):,} · {escape(session.by)} · {clock.today():%Y-%m-%d}</p>",
        TABLE,
        *(HEADING.format(escape(label(record, model.columns[column]))) for column in columns),
        "</tr></thead>",
    ]
    for place in places:
        row = model.row(place)
        if row is not None:
            cells = (escape(shown(model.kind(column), row.values[column])) for column in columns)
            lines.append("<tr>" + "".join(CELL.format(side, cell) for side, cell in zip(sides, cells, strict=True)))
    lines.append("</table>")
    paper = QTextDocument()
    paper.setDefaultStyleSheet("body { color: black } th { background: #e8e8e8 }")
    paper.setHtml("".join(lines))  # markup: what people typed is escaped in every line
    return paper


def put_on(paper: QTextDocument, printer: QPrinter) -> None:
    """Fill the pages of a printer, or of the PDF it writes."""
    page = printer.pageRect(QPrinter.Unit.Point).size()
    paper.setPageSize(QSizeF(page))
    paper.setTextWidth(page.width())
    font = paper.defaultFont()
    font.setPointSizeF(8)
    paper.setDefaultFont(font)
    paper.print_(printer)
