"""Dialing: one gate, and behind it the ways to hand a number to a telephone.

Every dial goes through `dial`: it cleans the number, asks the checks, uses the bridge, and where the bridge cannot
work it leaves the number on the clipboard and says so. It waits on other programs, so it belongs on a worker thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from channergy_crm import phones
from channergy_crm.dialing.bridge import Bridge, Clipboard, HangsUp
from channergy_crm.dialing.clipboard import SystemClipboard, put
from channergy_crm.dialing.ways import bridges, chosen
from channergy_crm.errors import Mistake, Refused, Surroundings
from channergy_crm.language import _

__all__ = [
    "CHECKS", "Bridge", "Check", "Clipboard", "Dialed", "SystemClipboard", "bridges", "chosen", "dial", "hang_up",
]  # fmt: skip

Check = Callable[[str], str | None]
CHECKS: list[Check] = []
"""What is asked about every number before it is dialed: a sentence that refuses it, or None."""

_line = threading.Lock()
_last: dict[str, str] = {}
"""what the last call of each bridge is known by"""


@dataclass(frozen=True)
class Dialed:
    """What became of a dial: the number, the bridge, whether that sent it, and the sentence to say.

    `call` is what the call is known by over there, for `hang_up`; "" where nothing is needed or known.
    `logged` is its row in the call log, where it has one already: it was dialed despite a rule.
    """

    number: str
    bridge: str
    sent: bool
    message: str
    call: str = ""
    logged: int | None = None


def dial(
    text: str, *, region: str, bridge: Bridge, clipboard: Clipboard | None = None, checks: Sequence[Check] = CHECKS
) -> Dialed:
    """Dial the number in this text (CH-45, CH-70, CH-83).

    A Mistake says there is no number in it or another call is just being dialed, Refused that a check forbids it.
    """
    number = phones.dialable(text, region)
    for refuse in checks:
        sentence = refuse(number)
        if sentence:
            raise Refused(sentence, "phone")
    if not _line.acquire(blocking=False):
        raise Mistake(_("A number is just being dialed; one call at a time."))
    try:
        trouble, call = _hand_over(number, bridge)
        if trouble is None:
            return Dialed(number, bridge.name, True, _(bridge.news).format(number=number), call)
        return Dialed(number, bridge.name, False, _leave_on(clipboard or SystemClipboard(), number, trouble))
    finally:
        _line.release()


def hang_up(bridge: Bridge, dialed: Dialed | None = None) -> str:
    """End a call where the bridge can, the last one of this program unless another is meant: the sentence to say.

    A Mistake says that this way cannot or that there is no call, Surroundings that the telephone system did not. It
    waits on other programs, so it belongs on a worker thread.
    """
    if not bridge.can_hang_up or not isinstance(bridge, HangsUp):
        raise Mistake(_("This way to dial cannot hang up; do it at the telephone."))
    bridge.hang_up(dialed.call if dialed is not None else _last.get(bridge.name, ""))
    return _("Hung up.")


def _hand_over(number: str, bridge: Bridge) -> tuple[str | None, str]:
    trouble = bridge.check()
    if trouble is None:
        try:
            _last[bridge.name] = bridge.dial(number) or ""
        except (Surroundings, Mistake) as error:
            trouble = error.message
    return trouble, _last.get(bridge.name, "")


def _leave_on(clipboard: Clipboard, number: str, trouble: str) -> str:
    try:
        put(clipboard, number)
    except Surroundings:
        return _("{trouble} Please dial {number} by hand.").format(trouble=trouble, number=number)
    return _("{trouble} The number {number} is on the clipboard.").format(trouble=trouble, number=number)
