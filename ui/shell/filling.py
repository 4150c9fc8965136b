"""What a window has beside its pages: the menu, what is dropped on it, what watches over it while people work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.shell.menu import Menu
from ui.shell.window_commands import import_a_file
from ui.widgets.drops import Drops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ui.pages.page import Page
    from ui.screen import Tab
    from ui.search.commands import Findable
    from ui.session.chosen import Wear
    from ui.shell.window import MainWindow


def _findable(menu: Menu) -> Sequence[Findable]:
    from ui.shell.findable_settings import findable_settings

    return findable_settings(menu)


def _on_demand(menu: Menu) -> list[Tab[Page]]:
    """The tabs that come when somebody wants them, and go when they are closed."""
    from ui.shell.board_tab import BOARD
    from ui.shell.calendar_tab import CALENDAR
    from ui.shell.campaigns_tab import CAMPAIGNS
    from ui.shell.catalogue_tabs import CATALOGUE
    from ui.shell.events_tab import EVENTS
    from ui.shell.figures_tab import FIGURES
    from ui.shell.found_tab import FOUND
    from ui.shell.help_tab import tab_of as help_of
    from ui.shell.home_tab import HOME
    from ui.shell.pipeline_tab import PIPELINE
    from ui.shell.privacy_tab import PRIVACY
    from ui.shell.sales_figures_tab import SALES_FIGURES
    from ui.shell.sales_tabs import SALES
    from ui.shell.settings_tab import tab_of
    from ui.shell.support_tabs import SUPPORT
    from ui.shell.sync_tab import SYNC
    from ui.shell.templates_tab import TEMPLATES

    of_settings = tab_of(menu)
    marketing = [CAMPAIGNS, EVENTS]
    own = [FIGURES, FOUND, help_of(menu), PIPELINE, PRIVACY, SALES_FIGURES, SYNC, TEMPLATES, of_settings]
    return [HOME, BOARD, CALENDAR, *marketing, *SALES, *CATALOGUE, *SUPPORT, *own]


def _tags(window: MainWindow) -> Callable[[], Sequence[Findable]]:
    from ui.shell.findable_tags import FindableTags

    return FindableTags(window)


def fill_menu(window: MainWindow, wear: Wear | None) -> Menu:
    """Everything beside the daily work, each with its key."""
    from ui.editors.snippets import SnippetKeys
    from ui.pages.goals_bar import GoalsBar
    from ui.shell.calendar_feed import CalendarFeed
    from ui.shell.empty_office import EmptyOffice
    from ui.shell.erasures import Erasures
    from ui.shell.events_tab import OnlyForLeaders
    from ui.shell.lock import Idle
    from ui.shell.mail_drops import MailDrops
    from ui.shell.mentions import Mentions
    from ui.shell.open_tabs import OpenTabs
    from ui.shell.reminders.watch import Watch
    from ui.shell.sync_tab import OnlyForClients
    from ui.shell.team_news import TeamNews
    from ui.shell.trail import Trail
    from ui.shell.view_news import ViewNews

    menu = Menu(window, wear)
    window.header.search.settings, window.header.search.tags = partial(_findable, menu), _tags(window)
    window.tabs.currentChanged.connect(lambda _: window.session.look_at_fields())
    Drops(window, partial(_drop, window))
    window.tabs.on_demand = _on_demand(menu)
    MailDrops(window)
    OpenTabs(window)
    OnlyForLeaders(window)
    OnlyForClients(menu)
    window.statusBar().insertPermanentWidget(1, GoalsBar(window.session, window.statusBar()))
    CalendarFeed(window, menu.chosen)
    EmptyOffice(window, partial(import_a_file, menu))
    Idle(window)
    Mentions(window)
    Erasures(window)
    SnippetKeys(window, window.session)
    TeamNews(window)
    Trail(window)
    ViewNews(window)
    Watch(window)
    return menu


def _drop(window: MainWindow, path: Path) -> None:
    from ui.transfer import calendar_in, start_import

    if calendar_in.is_calendar(path):
        calendar_in.take(window.session, path)
        return
    start_import.begin(window.session, window, start_import.record_shown(window), path)
