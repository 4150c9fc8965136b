"""Ways into an import: the menu and the lists, a dropped file, cells on the clipboard (VT-106, VT-108)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from channergy_crm.language import Own, _, many
from channergy_crm.records import Lead
from channergy_crm.services import rights
from ui.screen import Command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session
    from ui.transfer.wizard.wizard import ImportWizard

PASTED = "Pasted cells.txt"  # unsaid: the name of a file


def begin(session: Session, window: QWidget, record: type[Record], path: Path | None = None) -> ImportWizard | None:
    """Open the wizard, perhaps with a file in it."""
    if reason := rights.may(session.by, "import", record):
        session.notices.warn(reason)
        return None
    from ui.transfer.wizard.wizard import ImportWizard

    wizard = ImportWizard(session, record, window, path)
    wizard.show()
    wizard.activateWindow()
    return wizard


def begin_with_clipboard(session: Session, window: QWidget, record: type[Record]) -> ImportWizard | None:
    """The cells somebody copied in a spreadsheet become the file; it goes away with the wizard."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        session.notices.warn(_("Copy cells of a spreadsheet first, with their column titles."))
        return None
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory(prefix="channergy-crm-")
    path = Path(folder.name) / PASTED
    path.write_text(text, "utf-8", newline="")
    wizard = begin(session, window, record, path)
    if wizard is None:
        folder.cleanup()
    else:
        wizard.finished.connect(lambda _result: folder.cleanup())
    return wizard


def offer(table: RecordTable, session: Session) -> None:
    """Give a list *Import …* for the records it shows."""
    title = Own(_("Import {records}…").format(records=many(table.called)))
    table.add_command(Command("import", title, lambda table: begin(session, table.window(), table.record), "import"))


def record_shown(window: Any) -> type[Record]:
    """What the list on the screen holds; leads where there is none."""
    shown = [table.record for table in window.tables_shown()]
    return shown[0] if shown else Lead
