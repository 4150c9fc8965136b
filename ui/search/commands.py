"""The commands the search box runs: all of the window and of the page that is open, and dialing (VT-45, BX-18)."""

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
    from collections.abc import Callable

    from ui.session.session import Session

MOST = 6
DIAL = re.compile(r"(?:dial\s+|call\s+)?([0-9+(][0-9 ()+./-]*)", re.IGNORECASE)
DIGITS_TO_DIAL = 7


@dataclass(frozen=True)
class Offer:
    """One command: its words, its key, and what it does."""

    text: str
    key: str
    sign: QIcon
    run: Callable[[], object]


def offers(text: str, window: QWidget, session: Session) -> list[Offer]:
    """The commands that fit what is typed, the best first."""
    wanted = fold(text).split()
    if not wanted:
        return []
    fitting = {offer.text: offer for offer in _actions(window) if _fits(offer.text, wanted)}
    fitting |= {offer.text: offer for offer in _dialing(text, window, session)}
    return sorted(fitting.values(), key=lambda offer: (not leads_with(offer, text), len(offer.text)))[:MOST]


def leads_with(offer: Offer, text: str) -> bool:
    """Whether somebody who types this most likely means that command."""
    plain = " ".join(fold(text).split())
    return len(plain) > 1 and fold(offer.text).startswith(plain)


def _fits(text: str, wanted: list[str]) -> bool:
    words = re.findall(r"\w+", fold(text))
    return all(any(word.startswith(piece) for word in words) for piece in wanted)


def _dialing(text: str, window: QWidget, session: Session) -> list[Offer]:
    typed = DIAL.fullmatch(text.strip())
    if typed is None or len(re.sub(r"\D", "", typed[1])) < DIGITS_TO_DIAL:
        return []
    number = typed[1].strip()
    title = _("Dial {number}").format(number=number)
    return [Offer(title, "", icon("phone", window), partial(session.dial, number))]


def _actions(window: QWidget) -> list[Offer]:
    return [
        Offer(
            action.text().replace("&", ""), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            action.icon(), action.trigger,
        )
        for action in window.findChildren(QAction)
        if action.objectName() and action.text() and action.isEnabled() and _is_here(action, window)
    ]  # fmt: skip


def _is_here(action: QAction, window: QWidget) -> bool:
    owner = action.parent()
    return owner is window or (isinstance(owner, QWidget) and owner.isVisible())
