"""One window hears what other programs tell, for each office and user; what is no word of ours is not heard (BX-38)."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from channergy_crm import commands, running
from channergy_crm.store import addresses, database
from ui.session.listening import Listening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Windows is nobody's once its program ends")
PROGRAM = Path(__file__).parents[2] / "main.py"
ANOTHER = """\
import sys
from PySide6.QtCore import QCoreApplication
from ui.session.listening import Listening
app = QCoreApplication([])
listening = Listening(sys.argv[1], app)
print(listening.hears, flush=True)
app.exec()
"""


@pytest.fixture
def office(home: Path) -> str:
    """What the usual office of this user is known as."""
    return addresses.known_as(database.default_url())


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QObject]:
    """What a window listens with."""
    held = QObject()
    yield held
    for listening in held.findChildren(Listening):
        listening.close()


def heard(listening: Listening) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    listening.told.connect(lambda verb, text: said.append((verb, text)))
    return said


def test_a_second_window_never_makes_the_first_one_deaf(qtbot: QtBot, window: QObject, office: str) -> None:
    first = Listening(office, window)
    second = Listening(office, window)
    said = heard(first)
    assert first.hears and not second.hears
    telling = subprocess.Popen([sys.executable, str(PROGRAM), "call-from", "sip:212@pbx"])
    qtbot.waitUntil(lambda: said == [("call-from", "sip:212@pbx")])
    qtbot.waitUntil(lambda: telling.poll() is not None)
    assert telling.returncode == 0
    first.close()
    qtbot.waitUntil(lambda: second.hears)


def test_after_a_window_was_killed_the_next_one_hears(qtbot: QtBot, window: QObject, office: str) -> None:
    another = subprocess.Popen([sys.executable, "-c", ANOTHER, office], stdout=subprocess.PIPE, text=True)
    with another:
        assert another.stdout is not None and another.stdout.readline() == "True\n"
        assert not Listening(office, window).hears
        another.kill()
    assert running.tell(office, "show") is None, "nobody is there, though the socket is"
    assert Listening(office, window).hears


def test_a_second_start_hands_over_before_it_loads_the_screen(qtbot: QtBot, window: QObject, office: str) -> None:
    said = heard(Listening(office, window))
    start = "import sys; from channergy_crm import commands; code = commands.run([], None); "
    second = subprocess.Popen([sys.executable, "-c", f"{start}sys.exit(code or 'PySide6' in sys.modules)"])
    qtbot.waitUntil(lambda: said == [("show", "")])
    qtbot.waitUntil(lambda: second.poll() is not None)
    assert second.returncode == 0
    assert commands.run(["call-from", "212", "--database", "elsewhere.db"], lambda *_: 2) == 1, "another office's"


def test_what_is_no_word_of_ours_is_not_heard(qtbot: QtBot, window: QObject, office: str) -> None:
    listening = Listening(office, window)
    said = heard(listening)
    lines = [b"\n", b"{}\n", b'{"verb": "remove", "text": "1"}\n', b'{"verb": "show", "text": 1}\n', b"\xff\n"]
    for line in [*lines, b"[" * 990 + b"\n", b"x" * 5_000]:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(listening.place)
            asking.sendall(line)
            asking.setblocking(False)
            answer: list[bytes] = []

            def answered(asking: socket.socket = asking, answer: list[bytes] = answer) -> bool:
                try:
                    answer.append(asking.recv(10))
                except BlockingIOError:
                    return False
                return True

            qtbot.waitUntil(answered)
            assert answer == [b"no\n"]
    assert not said
