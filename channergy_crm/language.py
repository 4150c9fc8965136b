"""Every sentence in the language of whoever reads it. English stands in the sources, and where nothing else does.

How a sentence is written (the whole of it is in one piece, what is put in has a name):

    _("{name} is required.").format(name=kind.label)
    ngettext("{count:,} row saved.", "{count:,} rows saved.", count).format(count=count)
    work.unit("Save view {name}", by=by, name=view.caption())     # the journal keeps the message and what is put in

A text at module level is marked with `N_` and translated where it is shown, `_(TEXT)`: no language is chosen yet while
modules are loaded. What a declaration says (the label and the hint of a field, the names of a record, the texts of
screens, commands, tabs and settings) is not marked at all: `python -m tests.translations extract` reads it off the
declarations, and `translated` makes it come out in the language in use. One that is made in a function is not there to
be read off: its texts are marked with `N_`. An office's own words are `Own`: never translated.

Nouns: every record type has a name as a title (`Lead.singular`, `Lead.plural`: headings, buttons, the beginning of a
sentence) and a noun inside a sentence: `one(Lead)` is "lead", `many(Lead)` "leads", `counted(Lead, 3)` "3 leads". They
are put into a sentence under a name: _("No {records} yet.").format(records=many(record)). English needs no more; other
languages bend a noun, so write the sentence so that it can stand alone ("Leads: {count} imported" is how a translator
may put it), never with an article or an adjective before a single noun ("a {record}", "new {record}") where a plural or
a colon does it. Nobody lowers the case of a name, and nobody hangs an “s” on it.
"""

from __future__ import annotations

import gettext as catalogues
import json
import locale
import os
import re
import string
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, TypeVar

from channergy_crm.pseudo_language import PSEUDO as PSEUDO
from channergy_crm.pseudo_language import PSEUDO_RTL as PSEUDO_RTL
from channergy_crm.pseudo_language import PSEUDOS
from channergy_crm.pseudo_language import Pseudo as Pseudo
from channergy_crm.resources import data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

T = TypeVar("T")

DOMAIN = "channergy_crm"
ENGLISH = "en"
SYSTEM = "system"
"""whatever language this machine speaks"""
INSIDE = "in a sentence"  # unsaid: for translators
"""the context of the nouns: a translator sees with it that “lead” stands inside a sentence"""
WINDOW, TELEPHONE = "of a window", "of a telephone"  # unsaid: for translators
"""the contexts of the button that closes a window, for a task is done then, and of a number at home, no page"""
LISTED = "list of a new office"  # unsaid: for translators
"""the context of what stands in the drop-downs of a new office: “Close” is a step there, and a button elsewhere"""


class _InUse(NamedTuple):
    """Exchanged as a whole, so that another thread sees either the old language or the new one."""

    code: str
    texts: catalogues.NullTranslations


_in_use = _InUse(ENGLISH, catalogues.NullTranslations())
when_changed: list[Callable[[], None]] = []
"""called when another language is in use: whatever was put together out of labels is put together anew"""


class _Figures(string.Formatter):
    """Puts numbers into a sentence as its language writes them: 1,234.5 is 1.234,5 in German."""

    def format_field(self, value: Any, form: str) -> str:
        said = str(super().format_field(value, form))
        if not isinstance(value, int | float) or "," not in form:
            return said
        signs = re.sub(r"\d", "", _in_use.texts.gettext("1,234.5"))
        return said.translate(str.maketrans(",.", signs))


class Counting(str):
    """A sentence of another language into which a number is put."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """The sentence with these values in it."""
        return _Figures().vformat(str(self), args, values)


def _counting(said: str) -> str:
    return Counting(said) if ":," in said and _in_use.code not in (ENGLISH, *PSEUDOS) else said


def _(text: str) -> str:
    """This text in the language in use."""
    # "" is where a catalogue keeps what it says about itself
    return _counting(_in_use.texts.gettext(text)) if text else ""


def quoted(text: str) -> str:
    """A name in the quotation marks of the language."""
    return _("“{text}”").format(text=text)


def ngettext(one: str, many: str, count: int) -> str:
    """One of two texts, or of as many as the language has, by how many there are."""
    return _counting(_in_use.texts.ngettext(one, many, count))


def figures(number: int) -> str:
    """A number that stands alone: 1,234."""
    return _counting("{:,}").format(number)


def closing() -> str:
    """What the button says that closes a window."""
    return _in_use.texts.pgettext(WINDOW, "Close")  # unsaid: marked by its context


def listed(text: str, context: str = LISTED) -> str:
    """What a drop-down of a new office says, or what is said in another context, in the language in use."""
    return _in_use.texts.pgettext(context, text)


def all_of(words: Iterable[str]) -> str:
    """Several of them in one sentence, and all are meant: “a, b and c”."""
    *others, last = [*words] or [""]
    return _("{several} and {last}").format(several=", ".join(others), last=last) if others else last


def any_of(words: Iterable[str]) -> str:
    """Several of them in one sentence, and one is meant: “a, b or c”."""
    *others, last = [*words] or [""]
    return _("{several} or {last}").format(several=", ".join(others), last=last) if others else last


def N_(text: str) -> str:
    """Marks a text at module level; it is translated with `_` where it is shown."""
    return text


def folder() -> Path:
    """Where the catalogues lie, one folder for each language."""
    return data("resources") / "locale"


def languages(where: Path | None = None) -> list[str]:
    """The languages there are, as codes such as “de”, English first."""
    found = (where or folder()).glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return [ENGLISH, *sorted(path.parent.parent.name for path in found)]


@cache
def _catalogue(file: Path | None, code: str = "") -> catalogues.NullTranslations:
    if file is None:
        return PSEUDOS.get(code, catalogues.NullTranslations)()
    with file.open("rb") as compiled:
        return catalogues.GNUTranslations(compiled)


def everywhere(text: str) -> list[str]:
    """A text in every language there is: what another workstation wrote is read here."""
    return [text, *(into(code)(text) for code in languages() if code != ENGLISH)]


def system() -> str:
    """The code of the language this machine speaks."""
    said = (os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, said), "") or locale.getlocale()[0] or ENGLISH


def use(wanted: str = SYSTEM, where: Path | None = None) -> str:
    """Speak this language from now on; one there is not is English.

    “de_AT” is German where there is no catalogue for Austria. Returns the code of the language now in use.
    """
    global _in_use
    code, file = _found((system() if wanted == SYSTEM else wanted).partition(":")[0], where)
    if code == _in_use.code:
        return code
    _in_use = _InUse(code, _catalogue(file, code))
    for tell in when_changed:
        tell()
    return code


def in_use() -> str:
    """The code of the language in use."""
    return _in_use.code


def into(wanted: str) -> Callable[[str], str]:
    """What says a text in another language than the one in use: paper speaks as whoever gets it does."""
    return _catalogue(*_found(wanted, None)[::-1]).gettext


def _found(wanted: str, where: Path | None) -> tuple[str, Path | None]:
    """The code of the nearest language there is, and its catalogue."""
    if wanted in PSEUDOS:
        return wanted, None
    full = wanted.partition(".")[0].replace("-", "_")
    for code in (full, full.partition("_")[0]):
        file = (where or folder()) / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
        if code and code != ENGLISH and file.is_file():
            return code, file
    return ENGLISH, None


# ---------------------------------------------------------------- what declarations say


class Own(str):
    """Words of this office: nobody translates them."""

    __slots__ = ()


class Shown:
    """A text of a declaration, which comes out in the language in use."""

    def __init__(self, name: str, text: str | None) -> None:
        self.name, self.text = name, text

    def __get__(self, held: object, owner: type) -> str:
        text = self.text if held is None else held.__dict__.get(self.name, self.text)
        if text is None:
            raise AttributeError(self.name)
        return text if isinstance(text, Own) else _(text)

    def __set__(self, held: object, text: str) -> None:
        held.__dict__[self.name] = text


DECLARED: dict[type, tuple[str, ...]] = {}
"""what declares texts, for those who translate: classes, and the names of their texts"""


def translated(*names: str) -> Callable[[type[T]], type[T]]:
    """These texts of a declaration are shown in the language in use; `source` gives them as they were written."""

    def wrap(cls: type[T]) -> type[T]:
        DECLARED[cls] = names
        for name in names:
            text = cls.__dict__.get(name)
            setattr(cls, name, Shown(name, text if isinstance(text, str) else None))
        return cls

    return wrap


def source(declaration: object, name: str) -> str:
    """A text of a declaration as it was written."""
    if not isinstance(declaration, type) and name in declaration.__dict__:
        return str(declaration.__dict__[name])
    of = declaration if isinstance(declaration, type) else type(declaration)
    said = next((base.__dict__[name] for base in of.__mro__ if name in base.__dict__), "")
    return (said.text or "") if isinstance(said, Shown) else str(said)


def varied(declaration: T, **changes: object) -> T:
    """The same declaration but for these values; `replace` alone would take its texts in the language in use."""
    names = (name for kind, each in DECLARED.items() if isinstance(declaration, kind) for name in each)
    written = {name: declaration.__dict__[name] for name in names if name in declaration.__dict__}
    return replace(declaration, **{**written, **changes})  # type: ignore[type-var]


# ---------------------------------------------------------------- nouns, and what the journal keeps


class Named(Protocol):
    """What has a name as a title: a record type."""

    singular: ClassVar[str]
    plural: ClassVar[str]


class Spoken(str):
    """Words in the language in use that remember what they were made of: the journal says them in another."""

    kept: dict[str, Any]

    def __new__(cls, kept: Mapping[str, Any]) -> Spoken:
        """`kept` is a text of a declaration, a noun, or a number of them."""
        texts = _in_use.texts
        if "count" in kept:
            said = _counting(texts.npgettext(INSIDE, kept["one"], kept["many"], kept["count"]))
            said = said.format(count=kept["count"])
        else:
            text = kept.get("text", "")
            said = texts.pgettext(INSIDE, kept["noun"]) if "noun" in kept else _(text)
        spoken = super().__new__(cls, said)
        spoken.kept = dict(kept)
        return spoken


def noun(title: str) -> str:
    """What an English title is inside a sentence: “Lookup value” is “lookup value”, a word in capitals stays."""
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in title.split(" "))


def nouns(record: Named | type[Named]) -> tuple[str, str]:
    """The English nouns of a record type, one and many."""
    return noun(source(record, "singular")), noun(source(record, "plural"))


def counts(record: Named | type[Named]) -> tuple[str, str]:
    """The two messages behind `counted`, for the catalogue."""
    single, several = nouns(record)
    return f"{{count:,}} {single}", f"{{count:,}} {several}"


def one(record: Named | type[Named]) -> Spoken:
    """A record of this type inside a sentence: “lead”."""
    return Spoken({"noun": nouns(record)[0]})


def many(record: Named | type[Named]) -> Spoken:
    """Records of this type inside a sentence: “leads”."""
    return Spoken({"noun": nouns(record)[1]})


def counted(record: Named | type[Named], count: int) -> Spoken:
    """So many of them: “1 lead”, “3 leads”."""
    single, several = counts(record)
    return Spoken({"one": single, "many": several, "count": count})


def label(declaration: object, name: str = "label") -> str:
    """A text of a declaration for the journal, which will say it in the language of whoever reads it."""
    text = declaration.__dict__.get(name)
    return text if isinstance(text, Own) else Spoken({"text": source(declaration, name)})


@dataclass(frozen=True)
class Message:
    """A sentence that is kept: the English message, and what is put into it. Without parameters it is old and stays
    as it was written.
    """

    text: str
    parameters: Mapping[str, object] | None = None

    def __str__(self) -> str:
        if self.parameters is None:
            return self.text
        values = {name: Spoken(value.kept) if isinstance(value, Spoken) else value
                  for name, value in self.parameters.items()}  # fmt: skip
        try:
            return _(self.text).format(**values)
        except (KeyError, IndexError, ValueError):  # a slip of a translator
            return self.text.format(**values)

    def kept(self) -> str | None:
        """The parameters as JSON."""
        if self.parameters is None:
            return None
        return json.dumps({name: _plain(value) for name, value in self.parameters.items()}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str, kept: str | None) -> Message:
        """A message as the journal holds it."""
        if kept is None:
            return cls(text)
        values = json.loads(kept)
        return cls(text, {name: Spoken(value) if isinstance(value, dict) else value for name, value in values.items()})


def _plain(value: object) -> object:
    if isinstance(value, Spoken):
        return value.kept
    return value if isinstance(value, int | str) else str(value)
