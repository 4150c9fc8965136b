"""What is done with the marked people, beside the window: touched, anonymised, written into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Refused
from channergy_crm.language import _, ngettext
from channergy_crm.services.privacy import age, anonymising, seats
from ui.session import files
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.privacy.age import Aged, Touched
    from ui.session.background import Progress
    from ui.session.session import Session


def touch(session: Session, people: Sequence[Aged], why: str) -> None:
    """Their age begins anew; the notice can undo it."""

    def told(done: Touched) -> Told:
        text = ngettext("{count:,} record touched.", "{count:,} records touched.", done.records)
        return Told(text.format(count=done.records), done.unit)

    those = [(one.record, one.key) for one in people]
    session.work(lambda _progress: age.touch(those, why, session.by), label=_("Touching"), told=told, progress=False)


def forget(
    session: Session, people: Sequence[Aged], why: str, after: Callable[[], object], *, along: bool
) -> None:  # fmt: skip
    """Anonymise these for good; whom the law makes the office keep stays, and is told."""

    from channergy_crm.transfer.calendars import feed

    def work(progress: Progress) -> tuple[int, list[str]]:
        kept: list[str] = []
        for place, one in enumerate(people):
            progress.step(place, len(people), _("Anonymising"))
            try:
                done = anonymising.anonymise(one.record, one.key, why, session.by, along=along)
                seats.clean(session.office, session.station, done, session.by)
            except Refused as refused:
                kept.append(refused.message)
        feed.rewrite(session.office, session.station)
        return len(people) - len(kept), kept

    session.work(work, label=_("Anonymising"), told=_told, done=lambda _found: after(), finishes=True)


def _told(found: tuple[int, list[str]]) -> Told:
    count, kept = found
    text = ngettext("{count:,} anonymised for good.", "{count:,} anonymised for good.", count).format(count=count)
    return Told(" ".join([text, *kept[:1]]), level="warning" if kept else "done")


def open_person(session: Session, one: Aged | None, parent: QWidget) -> None:
    """What somebody has agreed to, does not want, and has asked for."""
    from ui.pages.privacy.person_dialog import PersonDialog

    held = session.find(one.record, one.key) if one is not None else None
    if held is not None:
        PersonDialog(held, session, parent).exec()


def ask_about(session: Session, one: Aged | None, parent: QWidget) -> None:
    """Ask where everything about somebody goes, and write it."""
    if one is None:
        return
    title, name = _("Everything about somebody"), f"{one.record.singular} {one.key}"  # unsaid: the name of a file
    path = files.where_to(session, parent, title, name, "ZIP (*.zip)", ending=".zip")
    if path is not None:
        write_about(session, one, path)


def write_about(session: Session, one: Aged, path: Path) -> None:
    """Everything about somebody into a ZIP file (DP-6)."""
    from channergy_crm.transfer.exporting import person

    def work(progress: Progress) -> int:
        return person.write(session.office, one.record, one.key, path, session.by, progress=progress.step)

    def told(count: int) -> Told:
        return Told(_("{file}: {count:,} entries.").format(file=path.name, count=count))

    session.work(work, label=_("Writing everything about somebody"), told=told)
