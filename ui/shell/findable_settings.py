"""What Ctrl+K finds of the settings: each by its name and by other words; light or dark is chosen there (F-58)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.settings import AREAS_ON, OPERATOR, THEME
from ui.search.commands import Findable
from ui.shell import settings_tab
from ui.shell.settings_words import OTHER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.menu import Menu

ELSEWHERE = {OPERATOR, AREAS_ON, THEME}
"""the first is chosen in the header, the second is a topic, the third is offered choice by choice"""


def findable_settings(menu: Menu) -> list[Findable]:
    """Every setting and every topic of *Settings*."""
    return [*_themes(menu), *_settings(menu), *_lists(menu)]


def _lists(menu: Menu) -> Iterator[Findable]:
    """The list behind every drop-down."""
    from channergy_crm.services import lookups
    from channergy_crm.services.rights import Program

    for table, field, label in lookups.fields(Program.ITSELF):
        yield Findable(label, "", partial(_open_list, menu, table, field), _("Lookups"))


def _open_list(menu: Menu, table: str, field: str) -> None:
    from ui.setup.lookups_dialog import LookupsDialog

    session = menu.session
    LookupsDialog(session.station, session.by, menu.window, table, field, office=session.office).exec()


def _themes(menu: Menu) -> Iterator[Findable]:
    """Light or dark at once, with Undo."""
    from ui.setup.settings_general import THEMES

    now = menu.chosen.get(THEME)
    words = f"{THEME.label} {_(OTHER_WORDS[THEME])}"
    for name, text in THEMES:
        said = _("{setting}: {value}").format(setting=THEME.label, value=_(text))
        run = partial(menu.chosen.choose, THEME, name, _(text))
        yield Findable(said, words, run, detail=_("as it is now") if name == now else "", begins=_(text))


def _settings(menu: Menu) -> Iterator[Findable]:
    topics = settings_tab.topics(menu)
    for topic in topics:
        for part in topic.parts:
            if part.label != THEME.label:
                yield Findable(part.label, part.words, partial(settings_tab.open_at, menu, part.name), topic.title)
    for topic in topics:
        yield Findable(topic.title, "", partial(settings_tab.open_at, menu, topic.name), _("Settings"))
