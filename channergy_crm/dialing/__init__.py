"""Dialing: one gate, and behind it the ways to hand a number to a telephone.

Every dial goes through `dial`: it cleans the number, asks the checks, uses the bridge, and where the bridge cannot
work it leaves the number on the clipboard and says so. It waits on other programs, so it belongs on a worker thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from channergy_crm import phones, settings
from channergy_crm.dialing.bridge import Bridge, Clipboard, OpenUri
from channergy_crm.dialing.clipboard import SystemClipboard, put
from channergy_crm.dialing.clipboard_hotkey import ClipboardHotkey
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.dialing.uri import UriScheme, open_with_the_system
from channergy_crm.errors import Mistake, Refused, Surroundings
from channergy_crm.language import _

__all__ = ["CHECKS", "Bridge", "Check", "Clipboard", "Dialed", "SystemClipboard", "bridges", "chosen", "dial"]

Check = Callable[[str], str | None]
CHECKS: list[Check] = []
"""What is asked about every number before it is dialed: a sentence that refuses it, or None."""

_line = threading.Lock()


@dataclass(frozen=True)
class Dialed:
    """What became of a dial: the number as it was sent, the bridge, whether that sent it, and the sentence to say.

    `logged` is its row in the call log, where it has one already: it was dialed despite a rule.
    """

    number: str
    bridge: str
    sent: bool
    message: str
    logged: int | None = None


def bridges(
    station: settings.Station, clipboard: Clipboard | None = None, open_uri: OpenUri | None = None
) -> list[Bridge]:
    """Every way to dial, set up as this workstation wants it; the last one always works."""
    clipboard = clipboard or SystemClipboard()
    return [
        ClipboardHotkey(
            clipboard,
            hotkey=station.get(settings.HOTKEY),
            paste_key=station.get(settings.PASTE_KEY),
            wait_before_hotkey=station.get(settings.WAIT_BEFORE_HOTKEY),
            wait_before_paste=station.get(settings.WAIT_BEFORE_PASTE),
            press_enter=station.get(settings.PRESS_ENTER),
            restore_clipboard=station.get(settings.RESTORE_CLIPBOARD),
        ),
        UriScheme(station.get(settings.URI_SCHEME), open_uri or open_with_the_system),
        CopyOnly(clipboard),
    ]


def chosen(station: settings.Station, clipboard: Clipboard | None = None, open_uri: OpenUri | None = None) -> Bridge:
    """The way to dial chosen on this workstation; copying when that way is gone."""
    every = bridges(station, clipboard, open_uri)
    return next((bridge for bridge in every if bridge.name == station.get(settings.BRIDGE)), every[-1])


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
        trouble = _hand_over(number, bridge)
        if trouble is None:
            return Dialed(number, bridge.name, True, _(bridge.news).format(number=number))
        return Dialed(number, bridge.name, False, _leave_on(clipboard or SystemClipboard(), number, trouble))
    finally:
        _line.release()


def _hand_over(number: str, bridge: Bridge) -> str | None:
    trouble = bridge.check()
    if trouble is None:
        try:
            bridge.dial(number)
        except Surroundings as error:
            trouble = error.message
    return trouble


def _leave_on(clipboard: Clipboard, number: str, trouble: str) -> str:
    try:
        put(clipboard, number)
    except Surroundings:
        return _("{trouble} Please dial {number} by hand.").format(trouble=trouble, number=number)
    return _("{trouble} The number {number} is on the clipboard.").format(trouble=trouble, number=number)
