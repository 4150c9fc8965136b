"""What a database driver says, turned into what an operator can act on."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import peewee

from channergy_crm.errors import Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def translated() -> Iterator[None]:
    """Turn what a database driver says into what an operator can act on."""
    try:
        yield
    except peewee.IntegrityError:
        raise
    except (peewee.OperationalError, peewee.InterfaceError, sqlite3.OperationalError) as error:
        raise Surroundings(_in_words(str(error))) from error
    except peewee.DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise Surroundings(_("The office's file is damaged. Restore the latest backup.")) from error
        raise
    except Exception as error:
        if type(error).__module__.startswith("psycopg") and type(error).__name__ in (
            "OperationalError",
            "AdminShutdown",
        ):
            raise Surroundings(_in_words(str(error))) from error
        raise


def _in_words(said: str) -> str:
    if "locked" in said or "busy" in said:
        return _("Another program is using the office's file. Nothing was saved; try again in a moment.")
    if "full" in said:
        return _("The disk is full. Nothing was saved; make room and try again.")
    if "readonly" in said or "read-only" in said:
        return _("The office's file cannot be written. Check its permissions and try again.")
    if "unable to open" in said:
        return _("The office's file cannot be opened. Check that its folder exists and may be written.")
    if "interrupted" in said or "canceling" in said:
        return _("Stopped.")
    return _("The database does not answer. Nothing was saved; try again. ({said})").format(
        said=said.strip().splitlines()[0]
    )
