"""What will come out of the printer, before it does: the pages, *Print…*, *Save as PDF…*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from channergy_crm.language import _, closing
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.paper.pages_view import PagesView
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import Dialog, Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.errors import CRMError
    from ui.paper.sheet import Paper
    from ui.session.background import Job, Progress
    from ui.session.session import Session

PRINT, SAVE = "print", "save"  # unsaid: answers of the dialog
TOOLS = "print.tools"


class PreviewDialog(Dialog):
    """Lays the pages out beside the window and shows them; `answer` is what somebody wants of them, `paper` the pages.

    `quick`: so few rows that they are there before anybody could read how far it is.
    """

    def __init__(
        self, title: str, lay_out: Callable[[Progress], Paper], session: Session, parent: QWidget, *, quick: bool
    ) -> None:
        super().__init__("print", title, parent, session.station, size=(1000, 820))
        self._session = session
        self.answer = ""
        self.paper: Paper | None = None
        self.view = PagesView("print.pages", self)
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self._waiting())
        self._parts.addWidget(self.view)
        self.body.setContentsMargins(0, 12, 0, 0)
        self.body.addLayout(self._tools())
        self.body.addWidget(self._parts, 1)
        self._add_keys()
        self.view.turned.connect(self._tell)
        self._tell()
        session.background.progressed.connect(self._progressed)
        self._job: Job | None = session.work(
            lay_out, label=_("Laying out the pages"), done=self._came, failed=self._failed, progress=False,
            at_once=quick,
        )  # fmt: skip

    def _waiting(self) -> QWidget:
        part = QWidget(self)
        self._said = self.named(Remark(_("Laying out the pages…"), part), "far", _("How far it is"))
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = self.named(QProgressBar(part), "progress", _("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(320, 8)
        self._bar.setRange(0, 0)
        column = QVBoxLayout(part)
        column.addStretch(2)
        column.addWidget(self._said)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return part

    def _tools(self) -> QHBoxLayout:
        self._print = self._verb(PRINT, _("Print…"), _("Choose the printer (Ctrl+P)"), "print")
        self._save = self._verb(SAVE, _("Save as PDF…"), _("Keep the pages as a file (Ctrl+S)"), "save")
        self._print.setDefault(True)
        self._print.loud()
        self._back = self._tool("page_back", _("Previous page (PgUp)"), "previous", lambda: self._turn(-1))
        self._on = self._tool("page_on", _("Next page (PgDn)"), "next", lambda: self._turn(1))
        self._smaller = self._tool("smaller", _("Smaller (Ctrl+-)"), "minus", lambda: self.view.enlarge(-1))
        self._larger = self._tool("larger", _("Larger (Ctrl++)"), "add", lambda: self.view.enlarge(1))
        self._place, self._zoom = self.named(Label(parent=self), "place", ""), self._fit()
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        close = self.button("close", closing(), _("Print nothing (Esc)"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setObjectName(TOOLS)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        for part in (self._print, self._save, None, self._back, self._place, self._on, None, self._smaller,
                     self._zoom, self._larger, None, close):  # fmt: skip
            if part is None:
                row.addStretch(1)
            else:
                row.addWidget(part)
        return row

    def _verb(self, answer: str, text: str, tip: str, sign: str) -> Button:
        button = self.button(answer, text, tip)
        button.setIcon(icon(sign, button))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(answer))
        return button

    def _tool(self, word: str, tip: str, sign: str, what: Callable[[], object]) -> IconButton:
        button = named(IconButton(self), f"print.{word}", tip.partition(" (")[0])
        button.setToolTip(as_tip(tip))
        button.setIcon(icon(sign, button))
        button.clicked.connect(what)
        return button

    def _fit(self) -> IconButton:
        button = named(IconButton(self), "print.fit", _("As wide as the window"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setToolTip(as_tip(_("As wide as the window (Ctrl+0)")))
        button.clicked.connect(lambda: self.view.enlarge(0))
        return button

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+P": self._print.click, "Ctrl+S": self._save.click, "Ctrl+0": self._zoom.click,
            "Ctrl++": self._larger.click, "Ctrl+=": self._larger.click, "Ctrl+-": self._smaller.click,
            "PgUp": self._back.click, "PgDown": self._on.click,
        }  # fmt: skip
        for key, what in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(what)

    # ---------------------------------------------------------------- the pages

    def _came(self, paper: Paper) -> None:
        self.paper = paper
        self._parts.setCurrentWidget(self.view)
        self.view.show_paper(paper)
        self._tell()

    def _failed(self, error: CRMError) -> None:
        self._bar.hide()
        self._said.say(error.message, "overdue")

    def _progressed(self, job: Any, done: int, total: int, text: str) -> None:
        if job is self._job and total > 1:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._said.say(_("{done:,} of {total:,} rows laid out").format(done=done, total=total))

    def _turn(self, by: int) -> None:
        self.view.go(self.view.page + by)

    def _tell(self) -> None:
        """Which page of how many, and what can be pressed."""
        there, page, count = self.paper is not None, self.view.page, self.view.count
        said = _("Page {number:,} of {count:,}").format(number=page + 1, count=count) if there else ""
        self._place.setText(said)
        self._place.setAccessibleName(said)
        self._zoom.setText(f"{round(self.view.zoom * 100)} %")
        for button in (self._print, self._save, self._smaller, self._zoom, self._larger):
            button.setEnabled(there)
        self._back.setEnabled(there and page > 0)
        self._on.setEnabled(there and page + 1 < count)

    def _choose(self, answer: str) -> None:
        self.answer = answer
        self.accept()

    def done(self, result: int) -> None:
        """Close; what is still being laid out is not wanted any more."""
        if self._job is not None:
            self._job.cancel()
        self._session.background.progressed.disconnect(self._progressed)
        super().done(result)
