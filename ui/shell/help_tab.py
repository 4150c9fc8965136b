"""Help in the window: the tab, the key that opens the page of where one stands, and what links of pages do (VT-13)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from ui.screen import Command, Tab
from ui.shell.menu import HELP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.pages.help.view import HelpView
    from ui.pages.page import Page
    from ui.session.session import Session
    from ui.shell.menu import Menu

TAB, TO_A_PAGE, SETTINGS = "help", "help_page", "settings/"  # unsaid: names


def tab_of(menu: Menu) -> Tab[Page]:
    """The tab, for whoever asks for help."""
    return Tab(TAB, N_("Help"), "help", partial(_build, menu), targets=(TO_A_PAGE,), closable=True)


def _build(menu: Menu, session: Session, parent: QWidget) -> Page:
    from ui.pages.help.page import HelpTab

    return HelpTab(partial(keys_of, menu), partial(do, menu), session, parent)


def keys_of(menu: Menu, page: str) -> Sequence[tuple[str, str]]:
    """The keys that matter where this page is about, as the sheet of keys says them."""
    from ui.shell import key_rows
    from ui.shell.helping import where

    wanted = where.SECTIONS.get(page, ())
    return [(key, what) for section, key, what in key_rows.rows(menu) if section in wanted] if wanted else []


def do(menu: Menu, what: str) -> None:
    """What a link of a page asks for: a command by its name, or a topic of Settings."""
    from ui.shell import settings_tab

    if what.startswith(SETTINGS):
        settings_tab.open_at(menu, what.removeprefix(SETTINGS))
    elif any(command.name == what for command in menu.commands):
        menu.run(what)
    else:
        menu.session.notices.warn(_("Its area is switched off, or your role does not show it."))


def _print(session: Session, view: HelpView) -> None:
    from ui.pages.help import on_paper

    on_paper.preview(view, session)


def _help(menu: Menu) -> None:
    """The page of where somebody stands: in the tab, or in a window beside when what they do must not be left."""
    from ui.shell.helping import beside, where

    stands, page = where.somebody_stands(menu.window), where.page_here(menu.window)
    if stands is not None or where.is_busy(menu.window):
        beside.open_beside(stands or menu.window, page, partial(
            beside.HelpBeside, partial(keys_of, menu), partial(do, menu), menu.session.station,
            prints=partial(_print, menu.session),
        ))  # fmt: skip
    else:
        menu.window.go_to(TO_A_PAGE, page)


HELP_COMMANDS = [Command("help", "Help", _help, "help", "F1", group=HELP)]
