"""Files that go along with mails to many: kept with whoever sends them, once by their content (BX-14, VT-157)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Document, Operator
from channergy_crm.records.documents import LONGEST_NAME
from channergy_crm.services import contents, documents, rights
from channergy_crm.services.mail.making import MOST_ATTACHED
from channergy_crm.text.amounts import of_bytes
from channergy_crm.text.file_names import cleaned

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.services.contents import Tell


def _nobody(done: int, total: int, text: str) -> None:
    """Where nobody wants to know how far it is."""


def keep(source: Path, by: str, tell: Tell = _nobody) -> Document:
    """Keep a file that goes along with mails of this operator; the one that is kept already is taken again."""
    rights.require(by, "dial")
    name, held = cleaned(source.name, LONGEST_NAME), Operator.find(by)
    if held is None:
        raise Mistake(_("There is no operator {id}.").format(id=by))
    if not source.is_file():
        raise Mistake(_("“{name}” is no file.").format(name=name))
    try:
        size = source.stat().st_size
        if size > MOST_ATTACHED:
            said = _("“{name}” has {size}; a mail takes {most}.")
            raise Mistake(said.format(name=name, size=of_bytes(size), most=of_bytes(MOST_ATTACHED)), "attachments")
        with source.open("rb") as file:
            hash = contents.hashed(file, size, tell)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Mistake(_("“{name}” cannot be read: {reason}.").format(name=name, reason=reason)) from error
    here = (Document.table == Operator._meta.table_name) & (Document.of == by) & Document.current.is_null()
    there = Document.get_or_none(here & (Document.hash == hash) & (Document.name == name))
    return there or documents.keep(held, source, by, N_("Keep a file for mails of {name}"), tell=tell)
