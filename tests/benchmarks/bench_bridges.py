"""A thousand dials over each bridge to what stands at its other end: all arrive, in order, with exactly these digits;
and ten thousand hostile texts, of which nothing leaves but what a telephone dials. A real softphone calls a hundred.

Run it: python -m tests.benchmarks.bench_bridges [dials]
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from channergy_crm import dialing
from channergy_crm.dialing.asterisk import Asterisk, AsteriskOverHttp, Line
from channergy_crm.dialing.command_line import CommandLine
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.dialing.http_url import HttpUrl
from channergy_crm.dialing.uri import UriScheme
from tests.benchmarks import measure
from tests.domain import sip
from tests.domain.far_ends import SECRET, USER, SwitchBoard, Web
from tests.domain.fitting import Notepad
from tests.domain.test_bridges import heard, hostile, sent_of, stub

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT, HOSTILE, CALLS = 250.0, 10_000, 100
"""milliseconds a dial may take, whatever the bridge"""


class Page(Notepad):
    """A clipboard that remembers all that was on it."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []

    def copy(self, text: str) -> None:
        """Keep this, too."""
        super().copy(text)
        self.all.append(text)


def dialed(bridge: Any, numbers: list[str], arrived: Callable[[], list[str]]) -> dict[str, Any]:
    """The figure of one bridge, over which these numbers went."""
    times = []
    for number in numbers:
        begun = time.perf_counter()
        assert dialing.dial(number, region="US", bridge=bridge, clipboard=Notepad()).sent, bridge.name
        times.append((time.perf_counter() - begun) * 1000)
    came = arrived()
    figure = measure.figure(bridge.name, measure.median(times), LIMIT, 0, dials=len(numbers), worst_ms=max(times))
    return {**figure, "in_order_and_exact": came == numbers, "passes": figure["passes"] and came == numbers}


def main(count: int) -> int:
    """Every bridge that works on this machine."""
    numbers = [f"+1650253{place:04d}" for place in range(count)]
    board, web, page, links = SwitchBoard(), Web(), Page(), list[str]()
    line, figures = Line("PJSIP/100"), []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        figures += [
            dialed(CopyOnly(page), numbers, lambda: page.all),
            dialed(UriScheme("tel", lambda link: not links.append(link)), numbers,
                   lambda: [link.removeprefix("tel:") for link in links]),
            dialed(CommandLine(f"{stub(place)} {{number}}"), numbers, lambda: [each[0] for each in heard(place)]),
            dialed(Asterisk(board.address, USER, lambda: SECRET, line), numbers,
                   lambda: [asked["Exten"] for asked in board.originated]),
            dialed(AsteriskOverHttp(web.address, USER, lambda: SECRET, line), numbers,
                   lambda: [channel["extension"] for channel in web.channels.values()]),
            dialed(HttpUrl(f"{web.address}/dial?to={{number}}"), numbers,
                   lambda: [unquote(path[9:]) for _method, path in web.asked if path.startswith("/dial?to=")]),
        ]  # fmt: skip
    figures += [] if sip.MISSING else [_by_softphone(numbers[:CALLS])]
    board.stop()
    web.stop()
    left = sent_of(hostile(HOSTILE))
    return measure.show("bridges", figures, hostile=HOSTILE, of_which_a_telephone_could_dial=left)


def _by_softphone(numbers: list[str]) -> dict[str, Any]:
    """Each is called and hung up, as one call follows another."""
    with tempfile.TemporaryDirectory() as folder, sip.Softphone(Path(folder)) as phone:
        bridge = CommandLine(phone.dials, phone.hangs_up)
        for place, number in enumerate(numbers, 1):
            dialing.dial(number, region="US", bridge=bridge)
            sip.wait_until(lambda place=place: phone.heard("ACK") >= place)
            dialing.hang_up(bridge)
            sip.wait_until(lambda place=place: phone.heard("BYE") >= place)
        exact = phone.called() == numbers and not [each for each in phone.called() if re.search(r"[^0-9+]", each)]
        return {"figure": "real SIP calls", "calls": len(numbers), "in_order_and_exact": exact, "passes": exact}


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
