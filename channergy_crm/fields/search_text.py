"""The kind that holds everything a record is found by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.fields.kind import searched_fields
from channergy_crm.fields.text import Text
from channergy_crm.text.folding import fold, spellings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from channergy_crm.fields.kind import Kind


class SearchText(Text):
    """Everything a record is found by, folded, in one hidden column."""

    def __init__(self) -> None:
        super().__init__("Search text", column_name="SearchText", hidden=True, limit=10**9)  # unsaid: it is hidden

    def sources(self) -> list[Kind[Any]]:
        """The fields of the record whose text is searched."""
        return searched_fields(self.model)

    def derived(self) -> tuple[str, ...]:
        return (self.name,)

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        sources = self.sources()
        if not any(kind.name in changed for kind in sources):
            return {}
        words: list[str] = []
        for kind in sources:
            if value := values.get(kind.name):
                words.append(kind.found_as(value))
                words += (str(values.get(name) or "") for name in kind.found_by)
        text = " ".join(words)
        return {self.name: fold(text) if text.isascii() else " ".join(map(spellings, words))}
