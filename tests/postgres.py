"""A PostgreSQL server of the tests' own, on a socket in a short temporary folder, thrown away afterwards."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests import in_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg

USER = "crm"
TEMPLATE = "migrated_template"
INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
# Like the server of an office, but nothing listens on the network.
CAREFUL = "-c listen_addresses=''"
# A server nobody will miss: nothing is forced to the disk either.
CARELESS = f"{CAREFUL} -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_wal_size=64MB"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first; None when PostgreSQL is not installed here."""
    if os.name == "nt":
        return None
    found = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern[1:])]
    found.sort(key=lambda folder: [int(number) for number in re.findall(r"\d+", str(folder))], reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextmanager
def running(options: str = CARELESS, more: str = "") -> Iterator[Cluster]:
    """A server that lives as long as the block; one that is to be careful lies on a disk. `more` is added to its
    options.
    """
    place = "/tmp" if options == CAREFUL else in_memory.place()
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="crm-pg-", dir=place)), f"{options} {more}".strip())
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


class Cluster:
    """One running server; every test gets a database of its own in it."""

    def __init__(self, folder: Path, options: str = CARELESS) -> None:
        self.folder = folder
        self._options = options
        self._numbers = itertools.count(1)
        self._line: psycopg.Connection[Any] | None = None

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
        options = "-U crm -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions"
        self._run("initdb", "-D", self._data, *options.split())
        self.start_again()

    def start_again(self) -> None:
        """Let it answer, again where it has ended."""
        self._hang_up()
        self._run("pg_ctl", "-D", self._data, "-l", self.folder / "log", "-w", "-o", self._server_options, "start")

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._hang_up()
        with suppress(RuntimeError):
            self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        """The address of one of the databases, as it is given to the program."""
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def migrate_template(self, migrate: Callable[[str], None]) -> None:
        """Prepare once, with `migrate(url)`, what every new database is copied from."""
        self._create(TEMPLATE, "template0")
        migrate(self.url(TEMPLATE))

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """The address of a new database, gone after the block whoever is still connected to it."""
        name = f"office_{next(self._numbers)}"
        self._create(name, template)
        try:
            yield self.url(name)
        finally:
            self._execute("drop database {} with (force)", name)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _server_options(self) -> str:
        return f"-k {self.folder} {self._options}"

    def _create(self, name: str, template: str) -> None:
        """Its files are copied; each page of them by way of the log, as a server would do it, takes longer."""
        self._execute("create database {} template {}", name, template, since_15=" strategy file_copy")

    def _execute(self, statement: str, *names: str, since_15: str = "") -> None:
        from psycopg import sql

        held = self._connected()
        whole = statement + since_15 * (held.info.server_version >= 150_000)
        held.execute(sql.SQL(whole).format(*map(sql.Identifier, names)))

    def _connected(self) -> psycopg.Connection[Any]:
        """One line for all databases that come and go: a new one takes as long as a database."""
        import psycopg

        if self._line is None:
            self._line = psycopg.connect(user=USER, dbname="postgres", host=str(self.folder), autocommit=True)
        return self._line

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None

    def _run(self, program: str, *arguments: str | Path) -> None:
        folder = programs()
        if folder is None:
            raise FileNotFoundError("PostgreSQL's programs are not installed here.")
        command = [folder / program, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", **_somebody_else())
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")


def _somebody_else() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root lends the work to nobody."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
