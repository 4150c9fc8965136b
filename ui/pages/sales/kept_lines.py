"""Lines that were typed and not saved, kept on the disk for the case that the program ends without a word (BX-19)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from channergy_crm.records import SalesLine
from ui.pages.sales.lines import FIELDS, Line, new_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.drafts import Drafts


def keep(drafts: Drafts, form: str, key: object, lines: Sequence[Line] | None) -> None:
    """Keep these for a document; None where nothing is to be kept."""
    if lines is None:
        drop(drafts, form)
        return
    texts = {"key": json.dumps(key), "lines": written(lines)}
    drafts.put_texts(_named(form), SalesLine._meta.table_name, key, texts)


def drop(drafts: Drafts, form: str) -> None:
    """They were saved, or given up."""
    drafts.drop(_named(form))


def take(drafts: Drafts, form: str, key: object) -> list[Line]:
    """The lines that were kept for this document; none where there are none."""
    texts = drafts.texts_left(_named(form)).get(_named(form))
    if texts is None or json.loads(texts.get("key", "0")) != key:
        return []
    drafts.take(_named(form))
    return read(texts.get("lines", "[]"))


def written(lines: Sequence[Line]) -> str:
    """These as text."""
    return json.dumps([[line.number, *(getattr(line, field) for field in FIELDS)] for line in lines])


def read(text: str) -> list[Line]:
    """The lines of such a text."""
    return [new_line(number=number, **dict(zip(FIELDS, values, strict=True))) for number, *values in json.loads(text)]


def _named(form: str) -> str:
    return f"{form}.lines"
