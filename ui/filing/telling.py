"""How it is told that mails were filed: how many, with whom, and the way there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import _, ngettext
from channergy_crm.services import areas
from ui.session.beside import Told
from ui.timeline import filed_dialog

if TYPE_CHECKING:
    from channergy_crm.services.filing.deeds import Filed
    from ui.session.session import Session


def told(filed: Filed, session: Session, more: str = "") -> Told:
    """The notice, with Undo, and *Open* where it was one."""
    count = len(filed.mails)
    if not count:
        return Told(_("These e-mails are filed already."), level="news")
    if count == 1:
        mail = filed.mails[0]
        record = areas.every_table().get(mail.table or "")
        held = session.find(record, mail.of) if record is not None else None
        name = held.caption() if held is not None else ""
        said = _("“{subject}” is filed with {name}.").format(subject=mail.caption(), name=name)
        said = f"{said} {more}" if more else said
        show = partial(filed_dialog.show_filed, session, int(mail.number), session.notices.window())
        return Told(said, filed.unit, (_("Open"), show))
    said = ngettext("{count:,} e-mail is filed.", "{count:,} e-mails are filed.", count).format(count=count)
    if filed.before:
        before = ngettext("{count:,} was filed already.", "{count:,} were filed already.", filed.before)
        said = f"{said} {before.format(count=filed.before)}"
    return Told(said, filed.unit)


def told_there(number: int, session: Session) -> Told:
    """That a mail is filed already, with the way to it."""
    show = partial(filed_dialog.show_filed, session, number, session.notices.window())
    return Told(_("This e-mail is filed already."), action=(_("Open"), show), level="news")
