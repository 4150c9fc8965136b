"""Snippets: a short key that becomes a piece of text while somebody types, own ones and the office's (BX-51)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records.scripts import Snippet
from channergy_crm.services import filling, rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.work.record import Record

SIGN = ";"
TYPED = re.compile(r"(?:^|(?<=[\s(\[“„\"']));([\w-]{1,30})$")
"""the key somebody has just typed, at the end of what stands before the cursor"""
LONGEST = 40
_KEY = re.compile(r"[\w-]{1,30}")


class Expansion(NamedTuple):
    """What a key becomes, and the fields of which nothing is known."""

    text: str
    missing: list[str]


def every(by: str) -> list[Snippet]:
    """The snippets this operator uses: the own ones and the office's, by key; where both have a key, the own one."""
    rights.require(by, "see", Snippet)
    found: dict[str, Snippet] = {}
    for row in Snippet.select().where(Snippet.operator.is_null() | (Snippet.operator == by)):
        if row.operator is not None or fold(row.word) not in found:
            found[fold(row.word)] = row
    return [found[key] for key in sorted(found)]


def known(by: str) -> list[Snippet]:
    """All of them this operator sees: the office's, then the own ones, each by key."""
    rights.require(by, "see", Snippet)
    rows = Snippet.select().where(Snippet.operator.is_null() | (Snippet.operator == by))
    return sorted(rows, key=lambda row: (row.operator is not None, fold(row.word or "")))


def typed(before: str) -> str:
    """The key that stands at the end of a line, such as “price” after “see ;price”; "" where there is none."""
    found = TYPED.search(before[-LONGEST:])
    return found[1] if found else ""


def expand(
    key: str, by: str, record: Record | None = None, say: Callable[[Any, object], str] = filling.written
) -> Expansion | None:
    """What a key becomes for the record that is open; None when there is no such snippet.

    What is not known stands as “[Label]” where it would be, so that nobody overlooks it.
    """
    rights.require(by, "see", Snippet)
    wanted = fold(key)
    row = next((each for each in every(by) if fold(each.word) == wanted), None)
    if row is None:
        return None
    filled = filling.fill(row.text or "", filling.Subject(record), by, say)
    labels = {each.name: each.label for each in filling.offered(by)} if filled.missing else {}
    shown = "".join(
        f"[{labels.get(piece.name, piece.name)}]" if piece.missing else piece.text for piece in filled.pieces
    )
    return Expansion(shown, filled.missing)


def save(row: Snippet, by: str) -> Snippet:
    """Keep a snippet. Everybody keeps their own; the office's are changed by administrators."""
    _whose(row, by)
    row.word = (row.word or "").strip().lstrip(SIGN)
    if not _KEY.fullmatch(row.word):
        raise Mistake(_("A key is one word of letters and digits, such as “price”; it is typed as “;price”."), "word")
    if not (row.text or "").strip():
        raise Mistake(_("Say what “;{key}” becomes.").format(key=row.word), "text")
    if sentence := filling.problem(row.text, by):
        raise Mistake(sentence, "text")
    same = Snippet.operator.is_null() if row.operator is None else Snippet.operator == row.operator
    if any(fold(each.word) == fold(row.word) and each.number != row.number for each in Snippet.select().where(same)):
        raise Mistake(_("There is a snippet “;{key}” already.").format(key=row.word), "word")
    with work.unit("Save snippet {name}", by=by, name=row.caption()):
        row.save()
    return row


def remove(row: Snippet, by: str) -> None:
    """Take a snippet away; undo brings it back."""
    _whose(row, by)
    with work.unit("Remove snippet {name}", by=by, name=row.caption()):
        row.delete_instance()


def _whose(row: Snippet, by: str) -> None:
    """The office's, or one that was the office's before, is an administrator's; another's is nobody's else."""
    rights.require(by, "edit", Snippet)
    before = Snippet.find(row.number) if row.number is not None else None
    for owner in {row.operator, before.operator if before is not None else row.operator}:
        if owner is None:
            rights.require(by, "administer")
        elif owner != by:
            raise Refused(_("This snippet belongs to {operator}.").format(operator=owner))
