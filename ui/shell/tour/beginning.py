"""How the guided tour begins: by its command, from the first minutes, or offered in the sample office (BX-36).

In an office of one's own it changes nothing and shows nothing: it is offered to open the sample office.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from channergy_crm.language import _
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import SAMPLE
from ui.screen import Command
from ui.shell.empty_office import TOUR_WANTED, open_sample
from ui.shell.menu import HELP

if TYPE_CHECKING:
    from ui.shell.menu import Menu
    from ui.shell.window import MainWindow

OFFERED_FOR, UNDER_WAY = 60.0, "tour"  # unsaid: a property
"""seconds; what a window says of itself while there is a tour in it"""


def is_sample(window: MainWindow) -> bool:
    """Whether this office is the sample office, in which nobody is real."""
    return bool(window.session.attempt(lambda: office.get(SAMPLE, Program.ITSELF)))


def begin(window: MainWindow) -> None:
    """Take up the tour, or come back to its card; in an office of one's own offer the sample office."""
    from ui.shell.tour.guide import Guide

    guide = window.findChild(Guide)
    if guide is not None:
        guide.turn_to_card()
    elif is_sample(window):
        Guide(window).ended.connect(lambda: window.setProperty(UNDER_WAY, False))
        window.setProperty(UNDER_WAY, True)
    else:
        said = _("The tour goes over the sample office, so that nothing here is changed.")
        session = window.session
        session.notices.say(said, action=(_("Open the sample office"), partial(open_sample, session, tour=True)))


def offer(window: MainWindow) -> None:
    """In the sample office: begin at once when that was asked for, otherwise say quietly that there is a tour."""
    if not is_sample(window):
        return
    from ui.shell.tour.guide import is_over

    if os.environ.pop(TOUR_WANTED, ""):
        begin(window)
    elif not is_over(window):
        said = _("This is the sample office: everybody in it is made up.")
        window.notices.say(said, action=(_("Guided tour"), partial(begin, window)), seconds=OFFERED_FOR)


def go_on(window: MainWindow) -> None:
    """The window was put together anew, in another language: a tour that was under way goes on at its step."""
    if window.property(UNDER_WAY):
        QTimer.singleShot(0, window, partial(begin, window))


def _tour(menu: Menu) -> None:
    begin(menu.window)


TOUR_COMMANDS = [Command("tour", "Guided tour", _tour, "play", group=HELP)]
