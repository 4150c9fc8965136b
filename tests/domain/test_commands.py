"""The command line, as it is typed: what it says, what it returns, and what it never leaves half done."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from channergy_crm import __version__, commands, work
from channergy_crm.errors import Mistake
from channergy_crm.records import Customer, Lead
from channergy_crm.services import operators
from channergy_crm.settings import home as home_folder
from channergy_crm.store.database import open_database
from tests.domain.lead_files import TWO, write

MAIN = Path(__file__).resolve().parents[2] / "main.py"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X and pseudo terminals are Linux's")


def no_window(url: str, operator: str | None) -> int:
    raise AssertionError("no window was asked for")


def run(*arguments: object) -> int:
    return commands.run([str(argument) for argument in arguments], no_window)


def count(url: str) -> int:
    office = open_database(url)
    found: int = Lead.select().count()
    office.close()
    return found


# ---------------------------------------------------------------- import


def test_leads_are_imported_and_what_was_not_taken_is_said(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, TWO + ",,,512-555-0199,\n")
    assert run("import", "leads", path, "--operator", "ADMIN", "--database", database_url) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "Row 4: It has neither a description nor a company, a name or an e-mail address.",
        "2 taken, 0 already there, 1 could not be taken; import 1.",
    ]
    assert said.err == ""
    assert run("--database", database_url, "import", "leads", path, "--operator", "ADMIN") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 taken, 2 already there, 1 could not be taken."
    assert count(database_url) == 2


def test_columns_without_a_field_are_named(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "company,county\nAcme,Travis\n")
    assert run("import", "leads", path, "--operator", "ADMIN", "--database", database_url) == 0
    assert "Left out: Column “county”: 1; the first in row 2: “Travis”." in capsys.readouterr().out
    path = write(tmp_path, "company,county\nBell,Travis\n")
    words = ("import", "leads", path, "--operator", "ADMIN", "--database", database_url, "--keep-in-notes")
    assert run(*words) == 0
    said = "Note: Column “county”, kept in the notes: 1; the first in row 2: “Travis”."
    assert said in capsys.readouterr().out


def test_an_import_that_takes_nothing_at_all_has_failed(database_url: str, tmp_path: Path) -> None:
    path = write(tmp_path, "company,phone\n,512-555-0199\n")
    assert run("import", "leads", path, "--operator", "ADMIN", "--database", database_url) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "leads", "none.csv", "--operator", "ADMIN"], "There is no file none.csv."),
        (["leads-from-customers", "--operator", "NOBODY"], "There is no operator NOBODY"),
    ],
)
def test_a_mistake_is_one_line_and_no_traceback(
    database_url: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments, "--database", database_url) == 1
    heard = capsys.readouterr()
    assert heard.err.startswith(said)
    assert heard.err.count("\n") == 1
    assert heard.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "leads", "x.csv"],
        ["import", "cats", "x.csv", "--operator", "ADMIN"],
        ["dance"],
        ["leads-from-customers"],
        ["--demo", "--database", "x.db"],
    ],
)
def test_what_is_not_understood_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert "usage: main.py" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--help")
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(word in said for word in ("import", "leads-from-customers", "backup", "restore", "--demo", "--database"))


def test_the_commands_work_without_qt(database_url: str, tmp_path: Path) -> None:
    write(tmp_path, TWO)
    program = (
        "import runpy, sys\n"
        f"sys.argv = 'main.py import leads leads.csv --operator ADMIN --database'.split() + [{database_url!r}]\n"
        "try:\n"
        f"    runpy.run_path({str(MAIN)!r}, run_name='__main__')\n"
        "finally:\n"
        "    assert not any(name.startswith(('PySide6', 'ui')) for name in sys.modules), sorted(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(MAIN.parent)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 taken, 0 already there, 0 could not be taken; import 1.\n"


@linux
def test_ctrl_c_leaves_nothing_half_done(database_url: str, tmp_path: Path) -> None:
    import pty

    rows = "".join(f"Company {number},c{number}@c.example\n" for number in range(40_000))
    path = write(tmp_path, "company,email\n" + rows)
    screen, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, MAIN, "import", "leads", path, "--operator", "ADMIN", "--database", database_url],
        stdout=subprocess.PIPE, stderr=terminal,
    )  # fmt: skip
    os.close(terminal)
    said = b""
    while b"Reading row 2" not in said:
        said += os.read(screen, 1000)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=60)
    while b"Stopped" not in said:
        said += os.read(screen, 1000)
    os.close(screen)
    assert child.returncode == 1
    assert b"Stopped. Nothing was changed." in said
    assert b"Traceback" not in said
    assert out == b""
    assert count(database_url) == 0


# ---------------------------------------------------------------- the other commands


def test_leads_from_customers(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    office = open_database(database_url)
    ann = operators.add("ANN", "Ann", "ADMIN")
    ann.administrator = True
    operators.save(ann, "ADMIN")
    with work.unit("Customers", by="ADMIN"):
        Customer.create(company="Acme")
        Customer.create(company="Bell")
    office.close()
    for said in ("2 leads and 2 accounts were made", "0 leads and 0 accounts were made"):
        assert run("leads-from-customers", "--operator", "ANN", "--database", database_url) == 0
        assert capsys.readouterr().out == f"{said} from customers who never ordered.\n"
    assert count(database_url) == 2


@pytest.mark.engines("sqlite")
def test_backup_and_restore(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, path = tmp_path / "copy.db", write(tmp_path, TWO)
    assert run("backup", copy, "--database", database_url) == 0
    assert capsys.readouterr().out == f"The office is copied to {copy}.\n"
    assert run("import", "leads", path, "--operator", "ADMIN", "--database", database_url) == 0
    assert run("restore", copy, "--database", database_url) == 0
    assert "is kept in" in capsys.readouterr().out
    assert count(database_url) == 0
    assert run("restore", path, "--database", database_url) == 1
    assert capsys.readouterr().err == "That file is not a backup of an office.\n"


def test_a_file_that_cannot_be_written_is_one_line(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert run("backup", tmp_path / "file" / "copy.db", "--database", database_url) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_there_is_no_backup_of_an_office_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", tmp_path / "copy.db", "--database", tmp_path / "none.db") == 1
    assert "no office" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()


# ---------------------------------------------------------------- the window


def test_without_a_command_the_window_opens_over_the_office() -> None:
    asked: list[tuple[str, str | None]] = []

    def window(url: str, operator: str | None) -> int:
        asked.append((url, operator))
        return 7

    assert commands.run([], window) == 7
    assert commands.run(["--database", "x.db", "--new"], window) == 7
    assert asked == [(f"sqlite:///{home_folder() / 'office.db'}", None), ("x.db", None)]


def test_f39_a_mistyped_office_is_refused_and_not_made(
    empty_database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In front of the window, and in front of every command; an empty database on a server is no office either."""
    path = write(tmp_path, TWO)
    (tmp_path / "empty").touch()
    for arguments in ([], ["import", "leads", path, "--operator", "ADMIN"], ["check"], ["operators", "list"]):
        assert run("--database", empty_database_url, *arguments) == 1
        said = capsys.readouterr().err
        assert "no office" in said and ("--new" in said or arguments == ["check"]) and said.count("\n") == 1
    assert run("--database", tmp_path / "empty") == 1
    assert not (tmp_path / "empty.db").exists()
    assert run("--database", empty_database_url, "--new", "operators", "list") == 0
    assert capsys.readouterr().out == "ADMIN  Administrator\n"
    assert run("operators", "list", "--database", empty_database_url) == 0


@pytest.mark.engines("sqlite")
def test_f39_a_backup_makes_no_office_where_a_mistyped_name_points(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, mistyped = tmp_path / "copy.db", tmp_path / "offcie.db"
    assert run("backup", copy, "--database", database_url) == 0
    assert run("restore", copy, "--database", mistyped) == 1
    assert not mistyped.exists()
    assert run("restore", copy, "--database", mistyped, "--new") == 0
    assert mistyped.exists()


def test_f39_an_operator_is_added_at_the_command_line(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, TWO)
    importing = ("import", "leads", path, "--operator", "ANN", "--database", database_url)
    assert run(*importing) == 1
    said = "There is no operator ANN in this office. Add one with: main.py operators add ANN NAME\n"
    assert capsys.readouterr().err == said
    assert run("operators", "add", "ann", "Ann Lee", "--database", database_url) == 0
    assert capsys.readouterr().out == "Ann Lee (ANN) works in this office now.\n"
    assert run("operators", "add", "ANN", "Ann Lee", "--database", database_url) == 1
    assert run("operators", "add", "BOB", "Bob", "--by", "NOBODY", "--database", database_url) == 1
    capsys.readouterr()
    assert run("operators", "--database", database_url) == 0
    assert capsys.readouterr().out == "ADMIN  Administrator\nANN  Ann Lee\n"
    assert run(*importing) == 0


@pytest.mark.parametrize(
    "arguments", [["--database", ""], ["postgresql://ann:secret@server/office"], ["check", "postgres://a:secret@b/c"]]
)
def test_f15_what_is_not_understood_repeats_no_password(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert "secret" not in capsys.readouterr().err


def test_the_demo_opens_a_sample_office_and_leaves_nothing_behind() -> None:
    seen: list[Path] = []

    def window(url: str, operator: str | None) -> int:
        office = open_database(url)
        assert operator == "ANN"
        assert Lead.select().count() > 100
        assert office.path
        assert office.path.parent == home_folder()
        seen.append(office.path)
        office.close()
        return 0

    assert commands.run(["--demo"], window) == 0
    assert not seen[0].parent.exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ImportError("libGL.so.1: cannot open shared object file: No such file or directory"), "libGL.so.1 is missing"),
        (ModuleNotFoundError("No module named 'PySide6'"), "PySide6 is missing. Install it with: python -m pip"),
    ],
)
def test_a_missing_library_is_answered_by_how_to_install_it(
    error: ImportError, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def window(url: str, operator: str | None) -> int:
        raise error

    assert commands.run([], window) == 1
    heard = capsys.readouterr().err
    assert said in heard
    assert "nstall" in heard
    assert heard.count("\n") == 1


def test_any_other_import_error_is_a_bug() -> None:
    def window(url: str, operator: str | None) -> int:
        raise ImportError("cannot import name 'x' from 'ui.shell.window'")

    with pytest.raises(ImportError):
        commands.run([], window)


def test_what_the_window_cannot_open_is_said_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    def window(url: str, operator: str | None) -> int:
        raise Mistake("This office was made by a newer version.")

    assert commands.run([], window) == 1
    assert capsys.readouterr().err == "This office was made by a newer version.\n"


@linux
@pytest.mark.parametrize(
    ("display", "said"), [("", "There is no screen"), (":4077", "The screen :4077 does not answer")]
)
def test_a_machine_without_a_screen_is_told_so(display: str, said: str) -> None:
    hidden = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, MAIN], capture_output=True, text=True, env={**environment, "DISPLAY": display}
    )
    assert done.returncode == 1
    assert done.stderr.startswith((said, "The system library"))
    assert done.stderr.count("\n") == 1


def test_the_version_is_the_one_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--version")
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Channergy CRM {__version__}\n"
    newest = re.search(r"^## (\d\S+) – 20\d\d-\d\d-\d\d$", (MAIN.parent / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert newest and newest[1] == __version__
