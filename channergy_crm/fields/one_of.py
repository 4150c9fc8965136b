"""The kind that holds one of a few words the program itself knows, and says each in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Mistake
from channergy_crm.fields.text import Text
from channergy_crm.language import N_, _
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.fields.lists import FileStyle, Lists, Written

UNKNOWN = N_("{field} cannot be “{text}”; choose one of: {words}.")


class OneOf(Text):
    """One of a few. `words` are what is stored, and how each reads, in their order; `unknown` is the sentence about
    any other {text}, with {field} and {words}.
    """

    edited_by = "few"
    shown_as = "said"
    compared_as = "value"
    shared = spelt_out = False

    def __init__(self, label: str = "", *, words: Mapping[str, str], unknown: str = UNKNOWN, **options: Any) -> None:
        super().__init__(label, **{"width": 14, "limit": 20, **options})
        self.words, self.unknown = words, unknown

    def offered(self) -> list[tuple[object, str]]:
        """As they are stored and as they read, in their order."""
        return [(stored, _(said)) for stored, said in self.words.items()]

    def show(self, value: str) -> str:
        return _(self.words[value]) if value in self.words else value or ""

    def read(self, text: str) -> str:
        wanted = fold(text.strip())
        if not wanted:
            return ""
        means = {fold(word): stored for stored, said in self.words.items() for word in (stored, said, _(said))}
        if wanted not in means:
            raise Mistake(self._unknown(text), self.name)
        return means[wanted]

    def check(self, value: str | None) -> str | None:
        return self._unknown(value) if value and value.strip() and value not in self.words else super().check(value)

    def _unknown(self, text: str) -> str:
        those = ", ".join(_(said) for said in self.words.values())
        return _(self.unknown).format(field=self.label, text=text.strip(), words=those)

    def compare(self, sign: str, value: str, lists: Lists) -> Any:
        wanted = fold(value)
        meant = [
            stored
            for stored, said in self.words.items()
            if any(wanted == fold(word) if sign != ":" else wanted in fold(word) for word in (stored, said, _(said)))
        ]
        if sign in (":", "="):
            return self.in_(meant)
        return self.not_in(meant) if sign == "!=" else super().compare(sign, value, lists)

    def completed(self, lists: Lists) -> Sequence[str]:
        return [_(said) for said in self.words.values()]

    def exported(self, lists: Lists) -> Callable[[str], object]:
        return self.show

    def written(self, style: FileStyle, lists: Lists) -> Written[str]:
        return lambda values: [self.show(value) for value in values]
