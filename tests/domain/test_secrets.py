"""Secrets lie in the key store of the system, else in a file of this user alone, and nowhere else (BX-19)."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import keyring.backend
import pytest
from keyring.backends import fail

from channergy_crm import commands, secrets
from channergy_crm.store import addresses
from channergy_crm.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests import postgres

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Ge@heim/5"


class Store(keyring.backend.KeyringBackend):
    """A key store in memory, which says where it is from."""

    priority = 1  # type: ignore[assignment]
    name = "a key store of the test"

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.held[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        """Give it."""
        return self.held.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        del self.held[service, username]


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """No key store that can be trusted, until a test says otherwise."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield Store()
    keyring.set_keyring(before)


def trusted(store: Store, monkeypatch: pytest.MonkeyPatch, module: str = "keyring.backends.SecretService") -> None:
    monkeypatch.setattr(type(store), "__module__", module)
    keyring.set_keyring(store)


def everything(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_bx19_without_a_key_store_a_secret_lies_in_a_file_of_this_user_alone(home: Path) -> None:
    assert secrets.find("one") is None and not home.exists()
    secrets.keep("one", SECRET)
    assert secrets.find("one") == SECRET and "file only you can read" in secrets.where()
    assert stat.S_IMODE((home / "secrets.json").stat().st_mode) == 0o600
    assert secrets.forget("one") and not secrets.forget("one") and secrets.find("one") is None
    assert SECRET.encode() not in everything(home)


def test_bx19_a_key_store_that_is_known_to_be_safe_is_used(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted(store, monkeypatch)
    secrets.keep("one", SECRET)
    assert list(store.held.values()) == [SECRET] and SECRET.encode() not in everything(home)
    assert secrets.find("one") == SECRET and "a key store of the test" in secrets.where()
    assert secrets.forget("one") and not store.held


@pytest.mark.parametrize("module", ["keyrings.alt.file", "somebody.elses", "keyring.backends.null"])
def test_bx19_a_key_store_nobody_knows_is_not_trusted(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    trusted(store, monkeypatch, module)
    secrets.keep("one", SECRET)
    assert not store.held and secrets.find("one") == SECRET


def test_bx19_a_key_store_that_does_not_answer_is_not_waited_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    waiting = threading.Event()
    trusted(store, monkeypatch)
    monkeypatch.setattr(secrets, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(Store, "set_password", lambda *_asked: waiting.wait(5))
    secrets.keep("one", SECRET)
    assert secrets.find("one") == SECRET
    waiting.set()


@pytest.mark.skipif(not shutil.which("dbus-run-session") or not shutil.which("gnome-keyring-daemon"),
                    reason="needs dbus-run-session and gnome-keyring-daemon")  # fmt: skip
def test_bx19_the_real_key_store_of_this_system(tmp_path: Path) -> None:
    work = (
        "from channergy_crm import secrets as s; s.keep('one', 'x'); print(s.where(), s.find('one'), s.forget('one'))"
    )
    script = f'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; {sys.executable} -c "{work}"'
    surroundings = os.environ | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    surroundings["CHANNERGY_CRM_HOME"] = surroundings["XDG_DATA_HOME"] = str(tmp_path)
    done = subprocess.run(["dbus-run-session", "--", "bash", "-c", script], capture_output=True, text=True,
                          env=surroundings, timeout=60)  # fmt: skip
    assert "In the key store of this system" in done.stdout and done.stdout.endswith("x True\n"), done.stderr


# ---------------------------------------------------------------- the password of a server


def test_bx19_an_address_is_given_the_password_that_is_kept_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets.keep("postgresql://ann@host/office", SECRET)
    secrets.keep("postgresql://host/office?x=1", SECRET)
    assert addresses.complete("postgresql://ann@host/office") == "postgresql://ann:Ge%40heim%2F5@host/office"
    assert addresses.complete("postgresql://host/office?x=1") == "postgresql://host/office?x=1&password=Ge%40heim%2F5"
    assert addresses.password_in("postgresql://ann:Ge%40heim%2F5@host/office") == SECRET
    for other in ("postgresql://bob@host/office", "postgresql://ann:own@host/office", "/a/file.db"):
        assert addresses.complete(other) == other
    monkeypatch.setenv("PGPASSWORD", "own")
    assert addresses.complete("postgresql://ann@host/office") == "postgresql://ann@host/office"


@pytest.fixture
def guarded(cluster: postgres.Cluster, database_url: str) -> Iterator[str]:
    """The address of the office for somebody whom the server asks for a password."""
    import psycopg

    rules = cluster.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    with psycopg.connect(database_url, autocommit=True) as administrator:
        administrator.execute(f"CREATE ROLE clerk LOGIN SUPERUSER PASSWORD '{SECRET}'")  # sql: ours
        rules.write_text(f"local all clerk scram-sha-256\n{before}")
        administrator.execute("SELECT pg_reload_conf()")
        yield database_url.replace("crm@", "clerk@")
        rules.write_text(before)
        administrator.execute("SELECT pg_reload_conf()")
        administrator.execute("REASSIGN OWNED BY clerk TO crm")
        administrator.execute("DROP OWNED BY clerk")
        administrator.execute("DROP ROLE clerk")


@pytest.mark.engines("postgres")
def test_bx19_the_password_of_a_server_is_asked_for_once_and_stands_nowhere_else(
    guarded: str, home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], store: Store,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def run(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return commands.run(["--database", guarded, *arguments], lambda url, operator: 0)

    caplog.set_level("DEBUG")
    trusted(store, monkeypatch)
    assert run("operators") == 1
    assert run("password", typed="wrong\n") == 1 and not store.held
    assert run("password", typed=f"{SECRET}\n") == 0
    assert "The password works and is kept. In the key store" in capfd.readouterr().out
    assert run("operators") == 0
    office = open_database(guarded)
    assert SECRET not in office.url and office.url == guarded.replace("clerk:…@", "clerk@")
    office.close()
    said = capfd.readouterr()
    for text in (said.out, said.err, caplog.text):
        assert SECRET not in text and "Ge%40heim" not in text
    assert b"heim" not in everything(home)
    assert run("password", "--forget") == 0 and run("operators") == 1
