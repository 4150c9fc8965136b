"""Mails that come in: dropped, chosen, or waiting in the watched folder. What is clear is filed, the rest is asked."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm.incoming import files, watching
from channergy_crm.language import _
from channergy_crm.services.filing import whom
from ui.filing import telling
from ui.filing.lines import Line, line
from ui.filing.page import FilingDialog, file_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.incoming.files import Found
    from channergy_crm.services.filing.watched import Place
    from channergy_crm.work.record import Record
    from ui.session.background import Progress
    from ui.session.session import Session


def choose(session: Session, window: QWidget, here: Record | None = None) -> None:
    """Ask for the files."""
    from PySide6.QtWidgets import QFileDialog

    kinds = _("E-mails") + " (*.eml *.msg *.mbox)"
    chosen, _form = QFileDialog.getOpenFileNames(window, _("File e-mails"), "", kinds)
    if chosen:
        take(session, window, chosen, here)


def take(session: Session, window: QWidget, paths: Sequence[str], here: Record | None = None) -> None:
    """Read these files beside the window; those that were dropped on a record go there."""
    by, chosen = session.by, [Path(path) for path in paths]

    def read(progress: Progress) -> list[Line]:
        return _proposed([(each, None) for each in files.read(chosen, progress.step)], by, here)

    session.work(read, label=_("Reading mails"), done=partial(_go_on, session, window),
                 cancelled=_("Stopped; nothing was filed."))  # fmt: skip


def take_waiting(session: Session, window: QWidget) -> None:
    """Assign what waits in the watched folder."""
    by = session.by

    def read(progress: Progress) -> list[Line]:
        return _proposed([(each.found, each.place) for each in watching.waiting(by, progress.step)], by, None)

    session.work(read, label=_("Reading mails"), done=partial(_show_waiting, session, window),
                 cancelled=_("Stopped; nothing was filed."))  # fmt: skip


def _proposed(read: Sequence[tuple[Found, Place | None]], by: str, here: Record | None) -> list[Line]:
    mails = [found.mail for found, _place in read if found.mail is not None]
    proposals = iter(whom.look(mails, by, here=here))
    return [line(found, next(proposals) if found.mail is not None else None, place) for found, place in read]


def _go_on(session: Session, window: QWidget, lines: list[Line]) -> None:
    """File at once what leaves no question; else ask."""
    if len(lines) == 1 and (proposal := lines[0].proposal) is not None and proposal.filed is not None:
        session.tell(telling.told_there(proposal.filed, session))
    elif len(lines) == 1 and lines[0].found.mail is None:
        session.notices.warn(_("{file}: {wrong}").format(file=lines[0].found.where, wrong=lines[0].found.wrong))
    elif lines and all(each.clear for each in lines):
        _file(session, lines)
    elif lines:
        _ask(session, window, lines)
    else:
        session.notices.warn(_("There is no e-mail in these files."))


def _file(session: Session, lines: Sequence[Line]) -> None:
    wanted = [each for one in lines if (each := one.wanted(session.by)) is not None]
    strange = [one for one in lines if one.proposal is not None and one.proposal.why == "other_address"]

    def done(_filed: Any) -> None:
        if strange:
            session.notices.say(_("None of the addresses in it is the one of this record."), level="news")

    file_beside(session, wanted, done, session.notices.warn)


def _show_waiting(session: Session, window: QWidget, lines: list[Line]) -> None:
    if lines:
        _ask(session, window, lines)
    else:
        session.notices.say(_("Nothing in the folder waits for somebody to assign it."))


def _ask(session: Session, window: QWidget, lines: Sequence[Line]) -> None:
    dialog = FilingDialog(lines, session, window)
    dialog.show()
    dialog.activateWindow()
