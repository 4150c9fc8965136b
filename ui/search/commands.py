"""The commands the search box runs: all of the page that is open and of the window, dialing, and what can be set
(VT-45, BX-18, F-58): what one does stands above what one sets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from channergy_crm.language import _
from channergy_crm.text.folding import fold
from ui.look.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.session.session import Session

MOST = 6
DIAL = re.compile(r"(?:dial\s+|call\s+)?([0-9+(][0-9 ()+./-]*)", re.IGNORECASE)
DIGITS_TO_DIAL = 7
SETS_UP = "sets_up"
"""the property of an action of the window by which something is set up, not done"""
LETTERS_OF_A_SETTING = 3
OF_THE_PAGE, OF_THE_WINDOW, SETTING_UP = range(3)


@dataclass(frozen=True)
class Offer:
    """One command: its words, its key, and what it does; `rank` says what comes first, `detail` stands behind it."""

    text: str
    key: str
    sign: QIcon
    run: Callable[[], object]
    rank: int = OF_THE_WINDOW
    detail: str = ""


@dataclass(frozen=True)
class Findable:
    """Something that can be set: what it is called, other words it is found by, what it does, and what it begins with
    for those who know the value and not the name: “dark”.
    """

    text: str
    words: str
    run: Callable[[], object]
    detail: str = ""
    begins: str = ""


def offers(text: str, window: QWidget, session: Session) -> list[Offer]:
    """The commands that fit what is typed, the best first."""
    wanted = fold(text).split()
    if not wanted:
        return []
    found = [offer for offer in _actions(window) if _fits(offer.text, wanted)]
    fitting = {offer.text: offer for offer in sorted(found, key=lambda offer: -offer.rank)}  # that of the page is kept
    fitting |= {offer.text: offer for offer in _dialing(text, window, session)}
    return sorted(fitting.values(), key=lambda offer: _place(offer, text))[:MOST]


def _place(offer: Offer, text: str) -> tuple[bool, bool, int, int]:
    """What is called just so, then what begins like it; of these what one does above what one sets."""
    plain = " ".join(fold(text).split())
    return fold(offer.text.rstrip("…")) != plain, not leads_with(offer, text), offer.rank, len(offer.text)


def settings_found(
    text: str, findable: Callable[[], Sequence[Findable]], window: QWidget, sign: str = "settings"
) -> list[Offer]:
    """What can be set and fits what is typed; a value somebody named comes first."""
    wanted, plain = fold(text).split(), " ".join(fold(text).split())
    if not wanted or len(plain) < LETTERS_OF_A_SETTING:
        return []
    found = [one for one in findable() if _fits(f"{one.text} {one.words}", wanted)]
    found.sort(key=lambda one: not fold(one.begins or one.text).startswith(plain))
    return [Offer(one.text, "", icon(sign, window), one.run, SETTING_UP, one.detail) for one in found[:MOST]]


def leads_with(offer: Offer, text: str) -> bool:
    """Whether somebody who types this most likely means that command."""
    plain = " ".join(fold(text).split())
    return len(plain) > 1 and fold(offer.text).startswith(plain)


def _fits(text: str, wanted: list[str]) -> bool:
    words, pieces = re.findall(r"\w+", fold(text)), re.findall(r"\w+", " ".join(wanted))
    return bool(pieces) and all(any(word.startswith(piece) for word in words) for piece in pieces)


def _dialing(text: str, window: QWidget, session: Session) -> list[Offer]:
    typed = DIAL.fullmatch(text.strip())
    if typed is None or len(re.sub(r"\D", "", typed[1])) < DIGITS_TO_DIAL:
        return []
    number = typed[1].strip()
    said = _("Dial {number}").format(number=number)
    return [Offer(said, "", icon("phone", window), partial(session.dial, number, noted=False))]


def _actions(window: QWidget) -> list[Offer]:
    return [
        Offer(
            action.text().replace("&", ""), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            action.icon(), action.trigger, _rank(action, window),
        )
        for action in window.findChildren(QAction)
        if action.objectName() and action.text() and action.isEnabled() and _is_here(action, window)
    ]  # fmt: skip


def _rank(action: QAction, window: QWidget) -> int:
    """What can be done on the page comes first, then what can be done anywhere, then what is only set up."""
    if action.parent() is not window:
        return OF_THE_PAGE
    return SETTING_UP if action.property(SETS_UP) else OF_THE_WINDOW


def _is_here(action: QAction, window: QWidget) -> bool:
    owner = action.parent()
    return owner is window or (isinstance(owner, QWidget) and owner.isVisible())
