"""Who may come in, at the command line: users, passwords, roles, handing over, Security (VT-10, K3, BX-39)."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import commands
from channergy_crm.records import Lead
from channergy_crm.records.operators import Operator
from channergy_crm.services import leads, operators, rights, roles, security, signing_in
from channergy_crm.store import database
from tests.secured import GIVEN, PASSWORD, secure

if TYPE_CHECKING:
    from collections.abc import Iterator

ENVIRONMENT = "CHANNERGY_CRM_PASSWORD"


class Shell:
    """A command line over an office, and what it said."""

    def __init__(self, url: str, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office, self._capsys, self._monkeypatch = database.open_database(url), capsys, monkeypatch
        self.password(None)

    def password(self, word: str | None) -> None:
        """What stands in the environment from now on."""
        if word is None:
            self._monkeypatch.delenv(ENVIRONMENT, raising=False)
        else:
            self._monkeypatch.setenv(ENVIRONMENT, word)

    def types(self, text: str) -> None:
        """What comes in at the standard input, which is no terminal."""
        self._monkeypatch.setattr("sys.stdin", io.StringIO(text))

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self.office.close()
        code = commands.run(["--database", self.office.url, *arguments], never)
        self.office = database.open_database(self.office.url)
        said = self._capsys.readouterr()
        return code, said.out, said.err


def never(url: str, operator: str | None) -> int:
    raise AssertionError("a command opens no window")


@pytest.fixture
def shell(database_url: str, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    shell = Shell(database_url, capsys, monkeypatch)
    shell.types("")
    yield shell
    shell.office.close()


@pytest.fixture
def secured(shell: Shell, tmp_path: Path) -> Shell:
    """The same, with Security on and the password of everybody in the environment."""
    secure(tmp_path, ANN="Operator", LEA="Team leader")
    shell.password(PASSWORD)
    return shell


# ---------------------------------------------------------------- Security


def test_k3_security_says_how_it_stands_and_what_it_cannot_do(shell: Shell) -> None:
    code, said, _error = shell("security")
    assert code == 0 and "Security is off" in said and security.limits() in said


def test_k3_security_is_switched_on_with_a_password_and_a_recovery_file(shell: Shell, tmp_path: Path) -> None:
    recovery = tmp_path / "way-in.txt"
    code, _said, error = shell("security", "on", "--recovery", str(recovery))
    assert code == 1 and ENVIRONMENT in error and not rights.is_secured() and not recovery.exists()
    shell.password("short")
    assert shell("security", "on", "--recovery", str(recovery))[0] == 1 and not rights.is_secured()
    shell.password(PASSWORD)
    code, said, _error = shell("security", "on", "--recovery", str(recovery))
    assert code == 0 and rights.is_secured() and security.limits() in said and PASSWORD not in said
    assert signing_in.sign_in("admin", PASSWORD) == "ADMIN"
    shell.password("quite wrong")
    code, _said, error = shell("security", "off", "--by", "ADMIN")
    assert code == 1 and "do not belong together" in error and rights.is_secured()
    shell.password(None)
    code, said, _error = shell("security", "off", "--recovery", str(recovery))
    assert code == 0 and not rights.is_secured()
    assert signing_in.history("ADMIN", signing_in.RECOVERY)[0].what == "recovery", "it leaves a trace"


def test_k3_an_administrator_switches_security_off(secured: Shell) -> None:
    code, _said, error = secured("security", "off")
    assert code == 1 and "--by" in error
    code, _said, error = secured("security", "off", "--by", "ANN")
    assert code == 1 and "administrator" in error
    assert secured("security", "off", "--by", "ADMIN")[0] == 0 and not rights.is_secured()


# ---------------------------------------------------------------- the password


@pytest.mark.parametrize("arguments", [
    ("export", "leads", "{folder}/out.csv", "--operator", "ANN"),
    ("import", "leads", "{folder}/in.csv", "--operator", "ANN"),
    ("leads-from-customers", "--operator", "ANN"),
    ("reject-import", "1", "--operator", "ANN"),
    ("users", "retire", "ANN", "--by", "ADMIN"),
    ("operators", "add", "NEW", "New Hand", "--by", "ADMIN"),
])  # fmt: skip
def test_ch7_whoever_acts_for_an_operator_needs_the_password(
    secured: Shell, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "in.csv").write_text("Company\nAcme\n", "utf-8")
    words = [word.format(folder=tmp_path) for word in arguments]
    before = (Lead.select().count(), Operator.select().where(Operator.active).count())
    for word, said in ((None, f"is needed, in {ENVIRONMENT}"), ("quite wrong", "do not belong together")):
        secured.password(word)
        code, _out, error = secured(*words)
        assert code == 1 and said in error
    assert before == (Lead.select().count(), Operator.select().where(Operator.active).count())
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pseudo terminals are Linux's")
def test_ch7_where_somebody_sits_the_password_is_asked_for(secured: Shell, tmp_path: Path) -> None:
    secured.password(None)
    main, out = Path(commands.__file__).parents[2] / "main.py", tmp_path / "out.csv"
    ours, theirs = os.openpty()
    words = ["--database", secured.office.url, "export", "leads", str(out), "--operator", "LEA"]
    with subprocess.Popen(
        [sys.executable, str(main), *words], stdin=theirs, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as asked:
        assert asked.stderr is not None
        said, prompt = "", "Password of LEA: "
        while prompt not in said and (sign := asked.stderr.read(1)):  # what is typed before it is thrown away
            said += sign
        os.write(ours, f"{PASSWORD}\n".encode())
        _nothing, more = asked.communicate(timeout=60)
    for end in (ours, theirs):
        os.close(end)
    assert asked.returncode == 0 and out.exists() and said == prompt and PASSWORD not in more


def test_ch7_nobody_in_particular_exports_or_rejects_nothing(secured: Shell, tmp_path: Path) -> None:
    for words in (("export", "leads", str(tmp_path / "out.csv")), ("reject-import", "1")):
        code, _said, error = secured(*words)
        assert code == 1 and "say with --operator who you are" in error
    assert "say with --by" in secured("operators", "add", "NEW", "New Hand")[2]
    assert not (tmp_path / "out.csv").exists()


def test_ch7_with_the_password_it_is_done_as_far_as_the_role_goes(secured: Shell, tmp_path: Path) -> None:
    leads.create({"description": "x", "company": "Lindt"}, "LEA")
    out = tmp_path / "out.csv"
    code, _said, error = secured("export", "leads", str(out), "--operator", "ANN")
    assert (code, error) == (1, "Your role does not let you export leads.\n") and not out.exists()
    code, _said, error = secured("export", "leads", str(out), "--operator", "LEA")
    assert code == 0 and "Lindt" in out.read_text("utf-8-sig")


def test_while_security_is_off_no_password_is_asked_for(shell: Shell, tmp_path: Path) -> None:
    leads.create({"description": "x"}, "ADMIN")
    assert shell("export", "leads", str(tmp_path / "out.csv"), "--operator", "ADMIN")[0] == 0
    assert shell("operators", "add", "NEW", "New Hand")[0] == 0


# ---------------------------------------------------------------- users


def test_users_are_listed_with_what_there_is_to_know(secured: Shell) -> None:
    for _try in range(signing_in.TRIES):
        signing_in.note("ANN", "refused")
    code, said, _error = secured("users")
    lines = {line.split()[0]: line for line in said.splitlines()}
    assert code == 0 and list(lines) == ["ID", "ADMIN", "ANN", "LEA"]
    assert "administrator" in lines["ADMIN"] and "Team leader" in lines["LEA"] and "locked out" in lines["ANN"]
    assert secured("users", "unlock", "ANN", "--by", "ADMIN")[0] == 0
    assert "locked out" not in secured("users", "list")[1]


def test_vt10_a_new_user_gets_a_password_to_be_changed(secured: Shell) -> None:
    code, said, _error = secured("users", "add", "ned", "Ned New", "--role", "newcomer", "--by", "ADMIN")
    password = said.splitlines()[1].rpartition(" ")[2]
    assert code == 0 and signing_in.sign_in("ned", password) == "NED" and signing_in.must_change("NED")
    assert [role.name for role in roles.of_operator("NED", "ADMIN")] == ["Newcomer"]
    code, _said, error = secured("users", "add", "two", "Two", "--role", "king", "--by", "ADMIN")
    assert code == 1 and "There is no role “king”; there is Team leader" in error and Operator.find("TWO") is None


def test_vt10_a_password_is_made_up_or_read(secured: Shell) -> None:
    code, said, error = secured("users", "password", "ANN", "--by", "ADMIN")
    assert code == 0 and signing_in.sign_in("ann", said.strip()) == "ANN" and "changes it" in error
    secured.types(f"{GIVEN}\n")
    code, said, _error = secured("users", "password", "ANN", "--stdin", "--by", "ADMIN")
    assert (code, said) == (0, "") and signing_in.sign_in("ann", GIVEN) == "ANN" and signing_in.must_change("ANN")
    secured.types("short\n")
    assert "at least 10" in secured("users", "password", "ANN", "--stdin", "--by", "ADMIN")[2]
    assert "administrator" in secured("users", "password", "ADMIN", "--by", "LEA")[2], "nobody else gives passwords"


def test_vt48_roles_are_said_and_given(secured: Shell) -> None:
    assert secured("users", "roles", "ANN", "--by", "ADMIN")[1] == "Roles of Ann Hill (ANN): Operator.\n"
    code, said, _error = secured("users", "roles", "ann", "Reader", "Newcomer", "--by", "ADMIN")
    assert code == 0 and "Reader" in said and "Newcomer" in said
    assert {role.name for role in roles.of_operator("ANN", "ADMIN")} == {"Reader", "Newcomer"}


def test_vt49_a_retired_user_comes_in_no_more(secured: Shell) -> None:
    assert secured("users", "retire", "ANN", "--by", "ADMIN")[0] == 0
    assert "retired" in secured("users")[1]
    with pytest.raises(Exception, match="do not belong together"):
        signing_in.sign_in("ann", PASSWORD)


def test_bx39_everything_is_handed_over_by_share(shell: Shell) -> None:
    for id in ("BEA", "CY"):
        operators.add(id, id.title(), "ADMIN")
    for number in range(6):
        leads.create({"description": f"lead {number}"}, "ADMIN")
    words = ("users", "hand-over", "ADMIN", "--to", "BEA=2", "--to", "cy")
    code, said, _error = shell(*words, "--dry-run")
    assert (code, said) == (0, "4 leads to BEA.\n2 leads to CY.\n")
    assert Lead.select().where(Lead.owner == "ADMIN").count() == 6
    code, said, _error = shell(*words)
    assert code == 0 and "6 records" in said
    assert Lead.select().where(Lead.owner == "BEA").count() == 4
    assert shell("users", "hand-over", "ADMIN", "--to", "NOBODY")[2] == "There is no operator NOBODY.\n"
