"""Text compared where the rows are: the one folding of `text/folding.py` as functions of the database, on both engines.

They stand in queries only. Other programs write into the shared tables, so no index, trigger, generated column or
constraint may use them: what needs an index has its folded form stored in a column of its own (`Text(folded=True)`).
SQLite is given the Python functions on every connection; a server gets them written in its own words, once.
"""

from __future__ import annotations

import logging
import unicodedata
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.text import folding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

log = logging.getLogger(__name__)

FOLDED, WAYS, CALLED = "crm_folded_3", "crm_ways_3", "crm_called_3"
"""another number as soon as the functions change: an older program may work in the same office"""
FEW = 20
"""so many are asked for one by one: conditions stand within each other, and SQLite gives up at a hundred"""
BETWEEN = "\n"
"""stands between the ways a text is written and in none of them"""
LOCK = 0x43485359  # the name of the lock under which one workstation makes the functions on PostgreSQL
_on_server = False
_SPECIAL = "*[^ -_a-~]*"
"""what holds anything but plain signs: all other texts are folded by LOWER"""
_SCRIPTS = (range(1, 0x20000), range(0xE0000, 0xE1000))
_LIKE_THEY_ARE = (range(0xAC00, 0xD7A4), range(0xD800, 0xF900))  # taken apart by the server alone; no letters
_USUAL = (
    "etaoinsrhldcumfpgwybvkxqjz .@-'0123456789,&/\":{}()_+;!?%#"
    "оеаинтсрвлкмдпуяыгзбчйхжшюцщэфъьёέαοιετσνηυρπκμλςωγδχθφβξζψ"
)


def _folded(text: object) -> str | None:
    return folding.fold(text) if isinstance(text, str) else None if text is None else str(text)


def _ways(text: object) -> str | None:
    return BETWEEN.join(folding.ways(text)) if isinstance(text, str) else None if text is None else str(text)


def _is_called(text: object, wanted: str) -> bool:
    return text is not None and not _wanted(wanted).isdisjoint(folding.ways(str(text)))


@lru_cache(8)
def _wanted(ways: str) -> frozenset[str]:
    return frozenset(ways.split(BETWEEN))


def teach(connection: sqlite3.Connection) -> None:
    """Give a connection to an SQLite file the functions."""
    connection.create_function(FOLDED, 1, _folded, deterministic=True)
    connection.create_function(WAYS, 1, _ways, deterministic=True)
    connection.create_function(CALLED, 2, _is_called, deterministic=True)


def ensure(database: peewee.Database) -> None:
    """Have the office's store know the functions: on every connection to come, or on the server."""
    global _on_server
    _on_server = not isinstance(database, peewee.SqliteDatabase)
    if isinstance(database, peewee.SqliteDatabase):
        database.register_function(_folded, FOLDED, 1, deterministic=True)
        database.register_function(_ways, WAYS, 1, deterministic=True)
        database.register_function(_is_called, CALLED, 2, deterministic=True)
        return
    there = "SELECT to_regprocedure(%s) IS NOT NULL"
    if database.execute_sql(there, (f"{WAYS}(text)",)).fetchone()[0]:
        return
    with database.atomic():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        for statement in _statements():
            database.execute_sql(statement)  # sql: our own table of letters


def folded(text: peewee.Node) -> peewee.Node:
    """The text as it is sorted: in the order of its folded letters, the same on both engines."""
    if _on_server:
        return peewee.NodeList((_called(FOLDED, text), peewee.SQL('COLLATE "C"')))
    if not isinstance(text, peewee.Field):
        return peewee.NodeList((_called(FOLDED, text),))
    return peewee.Case(None, [(_special(text), _called(FOLDED, text))], peewee.fn.LOWER(text))


def contains(text: Any, folded: str) -> peewee.ColumnBase:
    """The rows in whose folded text this stands somewhere: nobody has to ask for capital letters any more."""
    found: Any = text.contains(folded)
    return peewee.Expression(found.lhs, peewee.OP.LIKE, found.rhs) if _on_server else found


def holds(text: peewee.Node, wanted: str) -> peewee.ColumnBase:
    """The rows in whose text this stands somewhere, however either is written."""
    ways = folding.ways(wanted)
    found = _any(contains(_called(WAYS, text), way) for way in ways)
    if _on_server or not isinstance(text, peewee.Field):
        return found
    # Asking Python of every row of a long list takes a second; what is plain SQLite finds by itself.
    return _any(text.contains(way) for way in ways) | (_differs(text, ways) & found)


def is_called(text: peewee.Node, wanted: Iterable[str]) -> peewee.ColumnBase:
    """The rows whose whole text is one of these, however either is written."""
    ways = list(dict.fromkeys(way for each in wanted for way in folding.ways(each)))
    if not ways:
        return peewee.SQL("1 = 0")
    found = _one_of_few(text, ways) if len(ways) <= FEW else _one_of_many(text, ways)
    if _on_server or not isinstance(text, peewee.Field):
        return found
    return peewee.fn.LOWER(text).in_(ways) | (_differs(text, ways) & found)


def _one_of_few(text: peewee.Node, ways: Iterable[str]) -> peewee.ColumnBase:
    edge = peewee.Value(BETWEEN)
    bounded = edge.concat(_called(WAYS, text)).concat(edge)
    return _any(contains(bounded, f"{BETWEEN}{way}{BETWEEN}") for way in ways)


def _one_of_many(text: peewee.Node, ways: Sequence[str]) -> peewee.ColumnBase:
    every = BETWEEN.join(ways)
    if not _on_server:
        taught: peewee.ColumnBase = getattr(peewee.fn, CALLED)(text, every)
        return taught
    own, parts = _called(WAYS, text), peewee.fn.STRING_TO_ARRAY
    several: Any = peewee.fn.STRPOS(own, BETWEEN) > 0
    found: peewee.ColumnBase = own.in_(list(ways)) | (
        several & peewee.Expression(parts(own, BETWEEN), "&&", parts(every, BETWEEN))
    )
    return found


def _differs(text: peewee.Field[Any], ways: Iterable[str]) -> peewee.ColumnBase:
    """The rows in which one of these may stand though they are spelt otherwise: of plain ASCII only those with blanks
    or quotation marks, so mostly it is enough, and three times as quick, to compare letters with bytes.
    """
    if any(sign in way for way in ways for sign in " '"):
        return _special(text)
    return peewee.fn.LENGTH(text.cast("BLOB")) != peewee.fn.LENGTH(text)


def _any(conditions: Iterable[peewee.ColumnBase]) -> peewee.ColumnBase:
    found: peewee.ColumnBase = reduce(or_, conditions)
    return found


def _called(function: str, text: peewee.Node) -> Any:
    return getattr(peewee.fn, function)(text)


def _special(text: peewee.Field[Any]) -> peewee.ColumnBase:
    return peewee.NodeList((text, peewee.SQL(f"GLOB '{_SPECIAL}'")), parens=True)  # sql: a constant


# On the server: what Unicode takes apart the server takes apart, the rest is a table made from the Python function.


def _statements() -> Iterator[str]:
    before, single, several, gone = _table()
    steps = [
        f"folded := normalize({_translated('$1', before)}, NFKD);",  # unsaid: SQL
        f"IF folded ~ '[{gone}]' THEN folded := regexp_replace(folded, '[{gone}]', '', 'g'); END IF;",  # unsaid: SQL
        f"IF folded ~ '[{''.join(several)}]' THEN folded := {_replaced('folded', several)}; END IF;",  # unsaid: SQL
        # Most of what Unicode has taken apart is plain now, and the long table of letters need not be looked through.
        f'IF {_is_plain("folded")} THEN RETURN lower(folded COLLATE "C"); END IF;',  # unsaid: SQL
        f"IF folded ~ '[{_ranges(single)}]' THEN folded := {_translated('folded', single)}; END IF;",  # unsaid: SQL
    ]
    body = f"DECLARE folded text; BEGIN {' '.join(steps)} RETURN folded; END"  # unsaid: SQL
    yield _function("crm_letters_3", body, "plpgsql")
    german = _replaced("normalize($1, NFC)", folding.GERMAN)
    both = f"one := crm_letters_3($1); other := crm_letters_3({german});"
    joined = r"RETURN CASE WHEN one = other THEN one ELSE one || E'\n' || other END;"  # unsaid: SQL
    yield _function("crm_both_3", f"DECLARE one text; other text; BEGIN {both} {joined} END", "plpgsql")  # unsaid: SQL
    plain = f"""WHEN {_is_plain("$1")} THEN lower($1 COLLATE "C")"""  # unsaid: SQL
    yield _function(FOLDED, f"SELECT CASE {plain} ELSE crm_letters_3($1) END")
    umlauts = f"WHEN $1 ~ '[{''.join(folding.GERMAN)}\\u0308]' THEN crm_both_3($1)"  # unsaid: SQL
    yield _function(WAYS, f"SELECT CASE {plain} {umlauts} ELSE crm_letters_3($1) END")


def _is_plain(text: str) -> str:
    return f"""{text} COLLATE "C" !~ '[^ -_a-~]'"""  # unsaid: SQL


def _function(name: str, body: str, language: str = "sql") -> str:
    how = f"RETURNS text LANGUAGE {language} IMMUTABLE PARALLEL SAFE"  # unsaid: SQL
    return f"CREATE OR REPLACE FUNCTION {name}(text) {how} AS $f${body}$f$"


def _replaced(text: str, spelt: dict[str, str]) -> str:
    for letter, plain in spelt.items():
        text = f"replace({text}, '{letter}', '{plain}')"
    return text


def _translated(text: str, letters: dict[str, str]) -> str:
    # Letter by letter a server looks through the table from its beginning, so what is written most stands there.
    usual = [letter for letter in _USUAL if letter not in letters] if len(letters) > len(_USUAL) else []
    known = {**{letter: letter for letter in usual}, **letters}
    return f"translate({text}, {_quoted(known)}, {_quoted(known.values())})"  # unsaid: SQL


def _quoted(letters: Iterable[str]) -> str:
    return "E'" + "".join(f"\\U{ord(letter):08X}" for letter in letters) + "'"


def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str], str]:
    """What is folded before Unicode takes it apart; one letter for one; several for one; what goes, as a range."""
    before: dict[str, str] = {}
    single: dict[str, str] = {}
    several: dict[str, str] = {}
    gone: list[str] = []
    for letter in _letters():
        plain, apart = folding.letter_folded(letter), unicodedata.normalize("NFKD", letter)
        if apart != letter:
            if folding.fold(apart) != plain:
                before[letter] = plain
        elif not plain:
            gone.append(letter)
        elif plain != letter:
            (single if len(plain) == 1 else several)[letter] = plain
    return before, single, several, _ranges(gone)


def _letters() -> Iterator[str]:
    for part in _SCRIPTS:
        yield from (chr(code) for code in part if not any(code in other for other in _LIKE_THEY_ARE))


def _ranges(letters: Iterable[str]) -> str:
    """`abcx` as a regular expression of a server writes it: `a-cx-x`."""
    codes = sorted(map(ord, letters))
    pieces, begun = "", 0
    for place, code in enumerate(codes):
        if place + 1 == len(codes) or codes[place + 1] != code + 1:
            pieces += f"\\U{codes[begun]:08X}-\\U{code:08X}"
            begun = place + 1
    return pieces
