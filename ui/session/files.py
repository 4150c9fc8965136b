"""Files on their way out: asked for where the last one went, written beside the window, shown in their folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.services import sales_texts
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.session.background import Progress
    from ui.session.session import Session

FOLDER = "export.folder"
"""where this workstation put its last file"""
SHEETS = "Excel (*.xlsx);;CSV (*.csv)"  # unsaid: forms of files


def where_to(
    session: Session, parent: QWidget, title: str, name: str, forms: str, *, ending: str, whole: bool = False
) -> Path | None:
    """Ask where a file of this name and of today goes, first where the last one went; None when it goes nowhere. A name
    that is `whole` is what the file is called; every other one is put into the office's pattern for lists (BX-52).
    """
    from PySide6.QtWidgets import QFileDialog

    folder = Path(session.station.recall(FOLDER, str(Path.home())))
    begun = folder / (name if whole else list_name(session, name, ending=ending))
    chosen, _form = QFileDialog.getSaveFileName(parent, title, str(begun), forms)
    if not chosen:
        return None
    path = Path(chosen)
    session.station.remember(FOLDER, str(path.parent))
    return path if path.suffix else path.with_suffix(ending)


def list_name(session: Session, name: str, *, view: str = "", ending: str = "") -> str:
    """What an exported list is called, by the office's pattern."""
    values = {"list": name, "view": view, "date": f"{clock.today():%Y-%m-%d}"}
    return sales_texts.file_name(sales_texts.LISTS, values, name, ending, session.by)


def write_out(
    session: Session, path: Path, write: Callable[[Progress], int], said: Callable[[int], str] | None = None
) -> None:
    """Write a file while people go on working, and say how much went into it; a cancelled one leaves nothing behind."""

    def told(count: int) -> Told:
        text = said(count) if said else _lines(count).format(count=count, file=path.name)
        return Told(text, action=(_("Show in folder"), lambda: show(session, path)))

    session.work(
        write, label=_("Exporting {file}").format(file=path.name), told=told,
        cancelled=_("Export cancelled; nothing was written."),
    )  # fmt: skip


def _lines(count: int) -> str:
    return ngettext("{count:,} line exported to {file}.", "{count:,} lines exported to {file}.", count)


def show(session: Session, path: Path) -> None:
    """Open the folder a file lies in."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
        session.notices.say(_("The file lies in {folder}.").format(folder=path.parent))
