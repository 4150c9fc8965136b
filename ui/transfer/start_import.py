"""Ways into an import: the menu and the lists, a dropped file, cells on the clipboard (VT-106, VT-108)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from channergy_crm import access
from channergy_crm.records import Lead
from channergy_crm.work.record import Record
from ui.lists.table import RecordTable
from ui.session.session import Desk

if TYPE_CHECKING:
    from ui.transfer.wizard.wizard import ImportWizard

PASTED = "Pasted cells.txt"


def begin(desk: Desk, window: QWidget, record: type[Record], path: Path | None = None) -> ImportWizard | None:
    """Open the wizard, perhaps with a file in it."""
    if reason := access.may(desk.by, "import", record):
        desk.notices.say(reason, level="warning")
        return None
    from ui.transfer.wizard.wizard import ImportWizard

    wizard = ImportWizard(desk, record, window, path)
    wizard.show()
    wizard.activateWindow()
    return wizard


def begin_with_clipboard(desk: Desk, window: QWidget, record: type[Record]) -> ImportWizard | None:
    """The cells somebody copied in a spreadsheet become the file; it goes away with the wizard."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        desk.notices.say("Copy cells of a spreadsheet first, with their column titles.", level="warning")
        return None
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory(prefix="channergy-crm-")
    path = Path(folder.name) / PASTED
    path.write_text(text, "utf-8", newline="")
    wizard = begin(desk, window, record, path)
    if wizard is None:
        folder.cleanup()
    else:
        wizard.finished.connect(lambda _: folder.cleanup())
    return wizard


def offer(table: RecordTable, desk: Desk) -> None:
    """Give a list *Import …* for the records it shows."""
    title = f"Import {table.record.plural.lower()}…"
    table.add_command("import", title, "import", lambda: begin(desk, table.window(), table.record))


def record_shown(window: Any) -> type[Record]:
    """What the list on the screen holds; leads where there is none."""
    shown = [table.record for table in window.tables_shown()]
    return shown[0] if shown else Lead


class Drops(QObject):
    """Takes a file that is dropped anywhere on a window."""

    def __init__(self, window: QWidget, take: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take one file; anything else goes its own way."""
        if isinstance(event, QDropEvent):  # entering and moving are, too
            path = file_in(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self._take(path)
                return True
        return False


def file_in(held: QMimeData) -> Path | None:
    """The one file somebody drags; several are none."""
    urls = held.urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.is_file() else None
