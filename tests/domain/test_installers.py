"""What the installers are made from: everything they name is there, and everything the program needs is named."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import __version__
from channergy_crm.outgoing import newer
from channergy_crm.telephone_links import FILE, SCHEMES
from tests.house import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HERE = ROOT / ".ci" / "installer"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The modules of the installer, which stand outside the packages."""
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return import_module


def test_the_bundle_takes_whole_packages_and_all_that_lies_beside_them() -> None:
    """What is found by its name at run time is never named one by one: a new command or screen is in it by itself."""
    spec = (HERE / "bundle.spec").read_text("utf-8")
    compile(spec, "bundle.spec", "exec")
    assert 'OURS = ("channergy_crm", "ui")' in spec and "collect_submodules(package)" in spec
    for folder in re.findall(r'"(\w+)"', re.search(r"for name in \((.+?)\)\]", spec)[1]):  # type: ignore[index]
        assert (ROOT / folder).is_dir()
    assert '("resources", "migrations")' in spec and '"playhouse"' in spec and '"psycopg"' in spec


def test_the_note_beside_the_installers_is_one_the_program_understands(
    made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764288000")
    (tmp_path / f"channergy-crm_{__version__}_amd64.deb").write_bytes(b"a package")
    (tmp_path / "channergy-crm_0.0.1_amd64.deb").write_bytes(b"an older one")
    note = made("note").write(tmp_path, "https://example.com/crm")
    found = newer.read(note.read_text("utf-8"))
    assert found.number == __version__ and not found.is_newer and found.new and found.address
    assert note.read_text("utf-8").count("_amd64.deb") == 1


def test_the_package_asks_for_the_libraries_of_the_readme_and_for_no_compiler(made: Any) -> None:
    needed = made("debian")._needed()
    assert {"libegl1", "libxcb-cursor0", "xclip"} <= set(needed) and needed[0].startswith("libc6 (>= ")
    assert not [name for name in needed if "python" in name or "gcc" in name or "-dev" in name]


def test_the_entries_of_the_menu_and_of_telephone_links_stand_apart() -> None:
    """A user who registers the links themselves writes an entry of the same name, which is not the one of the menu."""
    links, menu = (HERE / FILE).read_text("utf-8"), (HERE / "channergy-crm-window.desktop").read_text("utf-8")
    assert all(f"x-scheme-handler/{scheme};" in links for scheme in SCHEMES) and "NoDisplay=true" in links
    assert "Exec=channergy-crm dial %u" in links
    assert "MimeType" not in menu and "NoDisplay" not in menu


def test_the_windows_installer_names_only_what_is_there_and_asks_for_no_administrator(made: Any) -> None:
    script = (HERE / "windows.iss").read_text("utf-8")
    given = set(re.findall(r"\{#(\w+)\}", script))
    wrapping = (HERE / "windows.py").read_text("utf-8")
    assert given == set(re.findall(r'"(\w+)": ', wrapping)) == {"Version", "Bundle", "Root", "Icon"}
    for file in re.findall(r"\{#Root\}\\(\S+)", script):
        assert (ROOT / file.replace("\\", "/")).is_file(), file
    spec = (HERE / "bundle.spec").read_text("utf-8")
    for program in set(re.findall(r"\{app\}\\([\w-]+)\.exe", script)):
        assert f'started("{program}"' in spec, program
    assert "PrivilegesRequired=lowest" in script and "{localappdata}" in script
    sections = re.findall(r"^\[(\w+)\]$", script, re.MULTILINE)
    assert sections == ["Setup", "Languages", "InstallDelete", "Files", "Icons", "Run"]
    made("windows"), made("macos")


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_the_workflow_of_every_system_builds_starts_and_hands_over_its_installer(system: str) -> None:
    text = (ROOT / ".github" / "workflows" / f"{system}.yml").read_text("utf-8")
    run = text + ((ROOT / ".ci" / "run").read_text("utf-8") + (ROOT / ".ci" / "bare-system").read_text("utf-8"))
    assert text.startswith("# Untried where it is") and 'tags: ["v*"]' in text
    for word in (".ci/installer", "--version", "import leads", "check"):
        assert word in (run if system == "linux" else text), word
    for file in re.findall(r"dist/(\S+)", text):
        assert file in {"*.deb", "*.dmg", "*-setup.exe", "channergy-crm.json"}
    assert "upload-artifact" in text and "startsWith(github.ref, 'refs/tags/')" in text
