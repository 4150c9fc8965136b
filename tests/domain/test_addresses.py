"""The address of an office: its file is found again whatever it is called, a password is never shown (F-39, F-15)."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.settings import home
from channergy_crm.store import addresses
from channergy_crm.store.database import default_url, open_database

NAMES = [
    "50%41.db",
    "two words.db",
    "a#b.db",
    "why?.db",
    "büro Ödland.db",
    "plus+and&.db",
    "100%.db",
    "~mine.db",
    "a:b.db",
]


@pytest.mark.parametrize("name", NAMES)
def test_f39_a_file_is_found_again_by_its_address(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert addresses.sqlite_path(addresses.url_of(path)) == path
    sqlite3.connect(path).execute("CREATE TABLE here (x)").connection.close()
    for uri in (addresses.read_only(path), addresses.existing(path), addresses.read_only(path, frozen=True)):
        with sqlite3.connect(uri, uri=True) as opened:
            assert opened.execute("SELECT name FROM sqlite_master").fetchall() == [("here",)]
        opened.close()


def test_f39_the_own_office_opens_in_a_folder_with_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANNERGY_CRM_HOME", str(tmp_path / "50%41 #1? Büro"))
    office = open_database(default_url())
    assert office.path == home() / "office.db"
    reader = office.reader()
    assert reader.rows('SELECT "OperatorID" FROM "Operators"') == [("ADMIN",)]
    reader.close()
    office.close()
    assert [path.name for path in tmp_path.iterdir()] == ["50%41 #1? Büro"]


@pytest.mark.skipif(os.name == "nt", reason="such names are no file names there")
def test_f39_names_that_are_no_text_are_found_again(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.db")
    assert addresses.sqlite_path(addresses.url_of(path)) == path


def test_f39_addresses_as_they_are_typed() -> None:
    assert addresses.sqlite_path("sqlite:///C:/Users/Ann%20Lee/office.db") == Path("C:/Users/Ann Lee/office.db")
    assert addresses.sqlite_path("sqlite:////srv/office.db") == Path("/srv/office.db")
    assert addresses.sqlite_path("SQLite:///office.db") == Path("office.db")
    assert addresses.sqlite_path("50%41.db") == Path("50%41.db")
    assert addresses.sqlite_path("postgresql://ann@server/office") is None


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "sqlite://", "sqlite:///", "mysql://a/b", "a\0b", "host=server user=ann password=secret",
     "postgresql:/ann:secret@server/office", "postgres:ann:secret@server"],
)  # fmt: skip
def test_f39_what_is_no_address_is_said_and_not_repeated(typed: str) -> None:
    with pytest.raises(Mistake, match="A database is a file") as told:
        addresses.sqlite_path(typed)
    assert "secret" not in told.value.message


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann@server/office", "postgresql://ann@server/office"),
        ("postgresql://ann:secret@server:5432/office", "postgresql://ann@server:5432/office"),
        ("postgresql://ann:se@cr:et@server/office", "postgresql://ann@server/office"),
        ("postgresql://ann:se/cret@server/office", "postgresql://ann@server/office"),
        ("postgresql://server/office?user=ann&password=secret", "postgresql://server/office?user=ann&password=…"),
        ("postgresql://server/o?sslpassword=secret&password=x", "postgresql://server/o?sslpassword=…&password=…"),
        ("/srv/office.db", "/srv/office.db"),
    ],
)
def test_f15_a_password_is_never_shown(url: str, shown: str) -> None:
    assert addresses.shown(url) == shown


@pytest.mark.parametrize("url", ["postgresql://server/office", "postgres://ann@server/office?sslmode=require"])
def test_bx38_an_office_is_known_as_the_same_with_its_password_and_without(url: str) -> None:
    assert addresses.known_as(addresses.with_password(url, "se?cr&et")) == addresses.known_as(url)
    assert addresses.known_as(url) != addresses.known_as(url.replace("office", "other"))


def test_f15_a_sentence_of_somebody_else_repeats_no_password() -> None:
    said = 'missing "=" after "postgresql://ann:secret@server/office?password=secret" in "password=secret"'
    assert "secret" not in addresses.without_secrets(said)
    assert "postgresql://ann@server/office" in addresses.without_secrets(said)
