"""What is done with documents: added, opened, saved, replaced, removed; beside the window where it takes a while."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from channergy_crm.errors import Mistake
from channergy_crm.language import _, ngettext
from channergy_crm.records import Document
from channergy_crm.services import documents, reading
from channergy_crm.text.file_kinds import is_program, why_ask
from channergy_crm.text.file_names import told_apart
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.documents.taking import Taken
    from ui.session.background import Progress
    from ui.session.notice import Level
    from ui.session.session import Session


class Added(NamedTuple):
    """What became of files: the documents by number, each with the unit that added it, and what was refused and why."""

    documents: list[tuple[int, str, int]]
    refused: list[str]


class Working(QObject):
    """Does it for one list. `parent` is where questions come up."""

    added = Signal(int)
    """the number of the last document that was added"""
    added_all = Signal(list)
    """the numbers of all that were added together"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._parent = session, parent
        self._shown: dict[Path, tuple[Document, tuple[int, int]]] = {}
        """private copies that are looked at, each with its document and how it was last seen"""

    # ---------------------------------------------------------------- in

    def add(self, record: type[Record], key: object, taken: Sequence[Taken]) -> None:
        """Put these on a record, one after the other; what is refused is said and keeps none of the others away."""
        if not taken:
            return
        by, start = self._session.by, Path(taken[0].name).name
        label = start if len(taken) == 1 else _("{count} documents").format(count=len(taken))
        self._session.work(
            lambda progress: _add_all(record, key, taken, by, progress), label=_("Adding {name}").format(name=label),
            done=self._tell_added, cancelled=_("Stopped; what was added before stays."),
        )  # fmt: skip

    def _tell_added(self, added: Added) -> None:
        names, units = [name for _number, name, _unit in added.documents], [unit for *_other, unit in added.documents]
        if not names:
            self._session.notices.warn(" ".join(added.refused))
            return
        several = ngettext("{count} document added.", "{count} documents added.", len(names))
        said = several.format(count=len(names)) if len(names) > 1 else _("“{name}” added.").format(name=names[0])

        def undo() -> None:
            for unit in reversed(units):
                self._session.undo_unit(unit)

        level: Level = "warning" if added.refused else "done"
        self._session.notices.say(" ".join([said, *added.refused]), undo=undo, level=level)
        self.added.emit(added.documents[-1][0])
        self.added_all.emit([number for number, *_other in added.documents])

    def replace(self, document: Document, path: str) -> None:
        """Another file in its place; the older version stays."""
        by, number = self._session.by, int(document.number)

        def put(progress: Progress) -> Told:
            new = documents.replace(number, Path(path), by, tell=progress.step)
            said = _("“{name}” is here now; the older version is kept.").format(name=new.caption())
            return Told(said, _unit(number, by))

        self._session.work(
            put, label=_("Replacing {name}").format(name=document.caption()), told=lambda told: told,
            cancelled=_("Stopped; nothing was replaced."),
        )  # fmt: skip

    # ---------------------------------------------------------------- out

    def open(self, document: Document) -> None:
        """Show it in the system's program: a private copy. A program, a script or a macro is asked about first."""
        asked = why_ask(document.type or "", document.name or "")
        if not asked:
            self._open(document)
            return
        word = _("Open its folder") if is_program(document.type or "", document.name or "") else _("Open all the same")
        self._session.notices.say(asked, action=(word, lambda: self._open(document)), level="warning")

    def _open(self, document: Document) -> None:
        by, session = self._session.by, self._session
        run = is_program(document.type or "", document.name or "")

        def show(path: Path) -> None:
            there = path.parent if run else path
            self._shown[path] = document, _seen(path)
            self._parent.window().installEventFilter(self)
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(there))):
                session.notices.warn(_("No program of this workstation opens “{name}”.").format(name=path.name))

        session.work(
            lambda progress: session.copies.copy(document, by, progress), done=show,
            label=_("Opening {name}").format(name=document.caption()), cancelled=_("Stopped."),
        )  # fmt: skip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody comes back from another program: what was saved there is offered to be kept."""
        if event.type() == QEvent.Type.WindowActivate:
            self._look_at_copies()
        return False

    def _look_at_copies(self) -> None:
        for path, (document, before) in self._shown.items():
            if (now := _seen(path)) not in (before, GONE):
                self._shown[path] = document, now
                said = _("“{name}” was changed in the other program.").format(name=document.caption())
                keep = (_("Keep the new version"), partial(self.replace, document, str(path)))
                self._session.notices.say(said, action=keep)

    def save_as(self, document: Document) -> None:
        """Ask where, and write it there."""
        from PySide6.QtWidgets import QFileDialog

        start = Path(str(self._session.station.recall("documents.folder", str(Path.home())))) / document.caption()
        chosen, _form = QFileDialog.getSaveFileName(self._parent, _("Save the document as"), str(start))
        if not chosen:
            return
        path, number, by = Path(chosen), int(document.number), self._session.by
        self._session.station.remember("documents.folder", str(path.parent))
        self._session.work(
            lambda progress: documents.save_as(number, path, by, progress.step),
            label=_("Saving {name}").format(name=document.caption()),
            told=lambda path: _("Saved as {file}.").format(file=path), cancelled=_("Stopped; nothing was saved."),
        )  # fmt: skip

    # ---------------------------------------------------------------- changed

    def remove(self, document: Document) -> None:
        """Take it away; the notice offers it back."""
        number, by = int(document.number), self._session.by

        def take_away() -> bool:
            documents.remove(number, by)
            return True

        if self._session.attempt(take_away):
            self._session.say_done(_("“{name}” removed.").format(name=document.caption()))

    def choose(self) -> list[str]:
        """Ask for files."""
        from PySide6.QtWidgets import QFileDialog

        folder = str(self._session.station.recall("documents.folder", str(Path.home())))
        chosen, _form = QFileDialog.getOpenFileNames(self._parent, _("Add documents"), folder)
        if chosen:
            self._session.station.remember("documents.folder", str(Path(chosen[0]).parent))
        return list(chosen)

    def choose_one(self) -> str:
        """Ask for the file that takes the place of another one."""
        from PySide6.QtWidgets import QFileDialog

        folder = str(self._session.station.recall("documents.folder", str(Path.home())))
        chosen, _form = QFileDialog.getOpenFileName(self._parent, _("Replace by"), folder)
        return chosen


GONE = (0, 0)


def _seen(path: Path) -> tuple[int, int]:
    """When a file was written last, and how large it is."""
    try:
        held = path.stat()
    except OSError:
        return GONE
    return held.st_mtime_ns, held.st_size


def _unit(number: int, by: str) -> int:
    """The step that did something to a document last."""
    unit = reading.latest_unit(Document, number, by)
    return unit.number if unit is not None else 0


def _add_all(record: type[Record], key: object, taken: Sequence[Taken], by: str, progress: Progress) -> Added:
    added = Added([], [])
    there = {each.caption() for each in documents.of([(record, key)], by)}
    for each in taken:
        name = told_apart(each.name, there)
        try:
            made = documents.add(record, key, each.source, by, name=name, tell=progress.step)
        except Mistake as mistake:
            added.refused.append(mistake.message)
            continue
        there.add(made.caption())
        added.documents.append((int(made.number), made.caption(), _unit(int(made.number), by)))
    return added
