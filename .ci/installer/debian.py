"""The .deb for Debian, Ubuntu and what stems from them: the bundle in /opt, the command in /usr/bin, two entries."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import program

HERE = Path(__file__).resolve().parent
BUILDING = {"python3-venv", "python3-dev", "gcc", "libc6-dev"}
"""what the README asks of whoever runs the sources, and nobody needs who has the bundle"""
CONTROL = """\
Package: {name}
Version: {version}
Section: misc
Priority: optional
Architecture: {architecture}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: xdg-utils, fonts-dejavu-core
Maintainer: {maintainer}
Description: {about}
 Leads, accounts, contacts, opportunities, tasks, reminders and the telephone, and the
 way from the quote to the paid invoice. One office is one file on this computer, or a
 PostgreSQL database that several workstations share.
"""


def wrap(bundle: Path, out: Path) -> Path:
    """The package around the bundle."""
    root = bundle.parent / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(bundle, root / "opt" / program.NAME, symlinks=True)
    _put_around(root)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(_control(root), "utf-8")
    _made_plain(root)
    made = out / f"{program.NAME}_{program.version()}_{_architecture()}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", root, made], check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    shutil.rmtree(root)
    return made


def _put_around(root: Path) -> None:
    """The command, the entries of the menu and of telephone links, the icon, the page of the manual, the licence."""
    shared = root / "usr" / "share"
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / program.NAME).symlink_to(f"/opt/{program.NAME}/{program.NAME}")
    for entry in sorted(HERE.glob("*.desktop")):
        _copied(entry, shared / "applications" / entry.name)
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", *sorted(HERE.glob("*.desktop"))], check=True)
    _copied(program.ROOT / "resources" / "app.svg", shared / f"icons/hicolor/scalable/apps/{program.NAME}.svg")
    _copied(program.ROOT / "LICENSE", shared / "doc" / program.NAME / "copyright")
    unit = program.ROOT / "resources" / "portal" / f"{program.NAME}-portal.service"
    _copied(unit, shared / "doc" / program.NAME / "examples" / unit.name)
    _pressed(program.ROOT / "CHANGELOG.md", shared / "doc" / program.NAME / "changelog.gz")
    _pressed(HERE / f"{program.NAME}.1", shared / "man" / "man1" / f"{program.NAME}.1.gz")


def _copied(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def _pressed(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(gzip.compress(file.read_bytes(), mtime=0))


def _control(root: Path) -> str:
    kilobytes = sum(file.lstat().st_size for file in root.rglob("*")) // 1024
    described = (program.ROOT / "pyproject.toml").read_text("utf-8")
    about = re.search(r'^description = "(.+?)[:."]', described, re.MULTILINE)
    return CONTROL.format(
        name=program.NAME, version=program.version(), architecture=_architecture(), kilobytes=kilobytes,
        depends=", ".join(_needed()), maintainer="The Channergy CRM authors <office@localhost>",
        about=about[1] if about else program.TITLE,
    )  # fmt: skip


def _needed() -> list[str]:
    """The libraries the README names, and the C library of this machine or a newer one: the bundle was linked here."""
    readme = (program.ROOT / "README.md").read_text("utf-8")
    asked = re.search(r"<!-- program -->.*?--no-install-recommends ([^&]+)&&", readme, re.DOTALL)
    assert asked, "the README no longer says what the program needs"
    names = [name for name in asked[1].split() if name not in BUILDING]
    held = os.confstr("CS_GNU_LIBC_VERSION") or "glibc 2.31"
    return [f"libc6 (>= {held.split()[1]})", *(f"{name} | {name}t64" if "0-0" in name else name for name in names)]


def _architecture() -> str:
    asked = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def _made_plain(root: Path) -> None:
    """Readable by all, written by root alone, whatever the mask and the times of this machine."""
    at = int(os.environ["SOURCE_DATE_EPOCH"])
    for file in [root, *root.rglob("*")]:
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() or os.access(file, os.X_OK) else 0o644)
            os.utime(file, (at, at))
