"""For those who translate: `python -m tests.translations extract | compile | count`, with Babel.

extract   every marked text of the sources and every text of the declarations into resources/locale/channergy_crm.pot,
          and what is new in it into the catalogues there are (`extract de` begins a German one)
compile   the catalogues, as the program reads them; they are committed
count     how much of each catalogue is translated, what is not, and how many texts there are
"""

from __future__ import annotations

import gc
import gettext
import importlib
import importlib.util
import io
import pkgutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from channergy_crm import language
from channergy_crm.resources import data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("channergy_crm", "ui")
ARGPARSE = (
    "usage: ", "positional arguments", "options", "show this help message and exit",
    "%(prog)s: error: %(message)s\n", "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s", "unrecognized arguments: %s", "expected one argument",
    "invalid %(type)s value: %(value)r", "invalid choice: %(value)r (choose from %(choices)s)",
    "not allowed with argument %s", "ambiguous option: %(option)s could match %(matches)s",
)  # fmt: skip
"""what Python itself says of a command line"""
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "ngettext": (1, 2), "unit": None}


@cache
def marked() -> list[tuple[str, int, Any]]:
    """What is marked in the sources and in the pages of the portal: file, line, and the text or the pair of texts."""
    from babel.messages.extract import extract_from_file

    sources = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    pages = sorted((data("resources") / "portal").glob("*.html"))
    return [
        (path.relative_to(ROOT).as_posix(), line, text)
        for how, paths in (("python", sources), ("jinja2", pages))
        for path in paths
        for line, text, _comments, _context in extract_from_file(how, path, KEYWORDS)
    ]


def declared() -> Iterator[tuple[str, str]]:
    """What declarations say, where: labels, hints, names of records, texts of screens, commands, tabs, settings."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            importlib.import_module(module.name)
    found = set()
    for record in _records():
        record.extras()
        found |= {(language.source(record, name), record.__name__) for name in ("singular", "plural")}
    kinds = tuple(language.DECLARED)
    gc.unfreeze()  # a long import may have put away what was there
    for thing in gc.get_objects():
        if isinstance(thing, kinds) and not isinstance(thing, type) and not getattr(thing, "hidden", False):
            names = {name for kind, each in language.DECLARED.items() if isinstance(thing, kind) for name in each}
            for name in names & thing.__dict__.keys():
                if not isinstance(thing.__dict__[name], language.Own):
                    found.add((thing.__dict__[name], type(thing).__name__))
    yield from sorted((text, where) for text, where in found if text)


def _records() -> list[Any]:
    return importlib.import_module("channergy_crm.records").ALL


def default_lists() -> Iterator[str]:
    """What people read in the lists of a new office."""
    lists, roles, kinds, sold, asked = (
        _step(name)
        for name in ("0002_default_lists", "0047_deal_people", "0054_calendar_entries", "0062_selling", "0064_tickets")
    )
    for values in {**lists.ORDERED, **lists.PLAIN, **roles.LISTS, **kinds.LISTS, **sold.LISTS, **asked.LISTS}.values():
        for value in values:
            text = value if isinstance(value, str) else value[1]
            if not text.isdigit():
                yield text


def _step(name: str) -> Any:
    """A step of the tables, as a module."""
    spec = importlib.util.spec_from_file_location(name, data("migrations") / f"{name}.py")
    assert spec and spec.loader
    step = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(step)
    return step


def template() -> Catalog:
    """All there is to translate."""
    from babel.messages.catalog import Catalog

    catalog = Catalog(project="Channergy CRM", charset="utf-8", fuzzy=False)
    catalog.add("1,234.5", auto_comments=["how numbers are written: the sign of thousands, the decimal sign"])
    for path, line, text in marked():
        catalog.add(text, locations=[(path, line)])
    for text, where in declared():
        catalog.add(text, auto_comments=[where])
    for record in _records():
        for noun in language.nouns(record):
            catalog.add(noun, context=language.INSIDE, auto_comments=[record.__name__])
        catalog.add(language.counts(record), context=language.INSIDE, auto_comments=[record.__name__])
    for named in importlib.import_module("channergy_crm.records.document_names").NAMES:
        for noun in language.nouns(named):
            catalog.add(noun, context=language.INSIDE, auto_comments=[named.__name__])
        catalog.add(language.counts(named), context=language.INSIDE, auto_comments=[named.__name__])
    catalog.add("Close", context=language.WINDOW)
    catalog.add("Home", context=language.TELEPHONE)
    for text in ARGPARSE:
        catalog.add(text, auto_comments=["the command line"])
    for text in default_lists():
        catalog.add(text, context=language.LISTED)
    return catalog


def extract(*begun: str) -> None:
    """Write the template, bring the catalogues up to it, and begin those of these languages."""
    from babel.messages.pofile import write_po

    catalog, folder = template(), language.folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{language.DOMAIN}.pot").open("wb") as out:
        write_po(out, catalog, width=120, sort_output=True, no_location=True)
    for code in begun:
        (_catalogue(folder, code).parent).mkdir(parents=True, exist_ok=True)
    for code in sorted({*begun, *(path.parent.parent.name for path in _catalogues(folder))}):
        held = _read(_catalogue(folder, code), code)
        held.update(catalog)
        with _catalogue(folder, code).open("wb") as out:
            write_po(out, held, width=120, sort_output=True, no_location=True)


def compile_all(folder: Path) -> None:
    """Every catalogue as the program reads it; what a translator was not sure of stays English."""
    from babel.messages.mofile import write_mo

    for path in _catalogues(folder):
        with path.with_suffix(".mo").open("wb") as out:
            write_mo(out, _read(path, path.parent.parent.name))


def count(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Of each language how many texts are translated, and how many there are."""
    for path in _catalogues(folder):
        code = path.parent.parent.name
        texts = [text for text in _read(path, code) if text.id]
        yield code, len(texts) - len(list(left(code, folder))), len(texts)


def left(code: str, folder: Path | None = None) -> Iterator[Message]:
    """The texts of a catalogue that have no translation, or one of which nobody is sure."""
    for text in _read(_catalogue(folder or language.folder(), code), code):
        said = text.string if isinstance(text.string, tuple) else (text.string,)
        if text.id and (text.fuzzy or not all(said)):
            yield text


def catalogue(code: str) -> list[Message]:
    """What a language has, text by text."""
    return [message for message in _read(_catalogue(language.folder(), code), code) if message.id]


def compiled(code: str) -> bool:
    """Whether the program reads what the catalogue of a language says; who has written it does not matter."""
    from babel.messages.mofile import write_mo

    path = _catalogue(language.folder(), code)
    written = io.BytesIO()
    write_mo(written, _read(path, code))
    written.seek(0)
    with path.with_suffix(".mo").open("rb") as held:
        return _said(held) == _said(written)


def _said(file: BinaryIO) -> dict[object, str]:
    texts: Any = gettext.GNUTranslations(file)  # type: ignore[arg-type]
    return {key: said for key, said in texts._catalog.items() if key}


def _read(path: Path, code: str) -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not path.exists():
        return Catalog(locale=code, project="Channergy CRM", charset="utf-8", fuzzy=False)
    with path.open("rb") as written:
        return read_po(written, locale=code)


def _catalogue(folder: Path, code: str) -> Path:
    return folder / code / "LC_MESSAGES" / f"{language.DOMAIN}.po"


def _catalogues(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*/LC_MESSAGES/{language.DOMAIN}.po"))


def main(arguments: list[str]) -> int:
    """Do what is asked for."""
    asked, *codes = arguments or [""]
    if asked == "extract":
        extract(*codes)
    elif asked == "compile":
        compile_all(language.folder())
    elif asked == "count":
        for code, done, all_of_them in count(language.folder()):
            print(f"{code}: {done} of {all_of_them}")
            for text in left(code):
                print(f"    {text.id}")
        print(f"texts: {len(template())}")
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
