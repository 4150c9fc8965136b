"""What is done with the marked people, beside the window: touched, anonymised, written into a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.errors import Surroundings
from channergy_crm.language import _, ngettext
from channergy_crm.services.privacy import age, forgetting, seats
from ui.session import files
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.errors import CRMError
    from channergy_crm.services.privacy.age import Aged, Touched, Who
    from channergy_crm.services.privacy.anonymising import Erased
    from channergy_crm.services.privacy.forgetting import Outcome
    from ui.session.background import Progress
    from ui.session.session import Session


def touch(session: Session, people: Sequence[Who], why: str) -> None:
    """Their age begins anew; the notice can undo it."""

    def told(done: Touched) -> Told:
        text = ngettext("{count:,} record touched.", "{count:,} records touched.", done.records)
        return Told(text.format(count=done.records), done.unit)

    def work(progress: Progress) -> Touched:
        return age.touch(people, why, session.by, lambda place: progress.step(place, len(people), _("Touching")))

    session.work(work, label=_("Touching"), told=told, cancelled=_("Stopped; nothing was changed."))


def forget(
    session: Session, people: Sequence[Who], why: str, after: Callable[[], object], *, along: bool
) -> None:  # fmt: skip
    """Anonymise these for good; whom the law makes the office keep stays, and is told. Stopped, it ends between two."""

    from channergy_crm.transfer.calendars import feed

    ended: list[Outcome] = []

    def clean(done: Erased) -> None:
        seats.clean(session.office, session.station, done, session.by)

    def work(progress: Progress) -> Outcome:
        def goes_on(place: int) -> bool:
            if not progress.cancelled:
                progress.step(place, len(people), _("Anonymising"))
            return not progress.cancelled

        found = forgetting.forget(people, why, session.by, along=along, after=clean, goes_on=goes_on)
        ended.append(found)
        feed.rewrite(session.office, session.station)
        return found

    def stopped() -> None:
        if ended:
            session.tell(_told(ended[-1]))
        after()

    def failed(error: CRMError) -> None:
        again = partial(forget, session, people, why, after, along=along) if isinstance(error, Surroundings) else None
        session.notices.warn(error.message, again)
        after()

    session.work(
        work, label=_("Anonymising"), told=_told, done=lambda _found: after(), failed=failed, cancelled=stopped
    )


def _told(found: Outcome) -> Told:
    text = ngettext("{count:,} anonymised for good.", "{count:,} anonymised for good.", found.done)
    said = [text.format(count=found.done)]
    if found.left:
        left = ngettext("Stopped; {count:,} is left.", "Stopped; {count:,} are left.", found.left)
        said.append(left.format(count=found.left))
    if found.kept > 1:
        kept = ngettext("{count:,} is kept.", "{count:,} are kept.", found.kept)
        said.append(kept.format(count=found.kept))
    return Told(" ".join([*said, *found.why[:1]]), level="warning" if found.kept or found.left else "done")


def open_person(session: Session, one: Aged | None, parent: QWidget) -> None:
    """What somebody has agreed to, does not want, and has asked for."""
    from ui.forms import person_dialog

    if one is not None:
        person_dialog.open_person(one.record, one.key, session, parent)


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
