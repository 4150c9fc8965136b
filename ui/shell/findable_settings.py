"""What Ctrl+K finds of the settings: each by its name and by other words; light or dark is chosen there (F-58)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.settings import ALL, ALT_KEYS, AREAS_ON, HOTKEY, LANGUAGE, OFFICE_NAME, OPERATOR, REGION, THEME
from ui.search.commands import Findable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from channergy_crm.settings import Setting
    from ui.areas import Block
    from ui.shell.menu import Menu

    OpenAt = Callable[[Menu, str], object]

ELSEWHERE = {OPERATOR, AREAS_ON, THEME}
"""the first is chosen in the header, the second is a topic, the third is offered choice by choice"""
OTHER_WORDS = {
    THEME: N_("theme colours appearance mode night day"),
    LANGUAGE: N_("language translation English German"),
    ALT_KEYS: N_("keyboard shortcuts keys vtiger"),
    HOTKEY: N_("hotkey shortcut dialer softphone"),
    REGION: N_("country region phone numbers prefix"),
    OFFICE_NAME: N_("office company name title"),
}
"""what people type who do not know what a setting is called here"""
OF_DIALING = "dialing."


def findable_settings(menu: Menu, topics: Sequence[Block], settings: OpenAt, dialing: OpenAt) -> list[Findable]:
    """Every setting and every topic of *Settings*; `settings` and `dialing` open those dialogs at a part of theirs."""
    return [*_themes(menu), *_settings(menu, settings, dialing), *_topics(menu, topics, settings)]


def _themes(menu: Menu) -> Iterator[Findable]:
    from ui.setup.settings_dialog import THEMES

    now = menu.session.station.get(THEME)
    words = f"{THEME.label} {_(OTHER_WORDS[THEME])}"
    for name, text in THEMES:
        said = _("{setting}: {value}").format(setting=THEME.label, value=_(text))
        run = partial(_wear, menu, name)
        yield Findable(said, words, run, detail=_("as it is now") if name == now else "", begins=_(text))


def _wear(menu: Menu, name: str) -> None:
    """Light or dark at once, with Undo."""
    from ui.setup.settings_dialog import THEMES

    station, before = menu.session.station, menu.session.station.get(THEME)

    def wear(chosen: str) -> None:
        station.set(THEME, chosen)
        if menu.wear is not None:
            menu.wear(chosen)

    wear(name)
    said = _("{setting}: {value}.").format(setting=THEME.label, value=_(dict(THEMES)[name]))
    menu.session.notices.say(said, undo=partial(wear, before), level="done")


def _settings(menu: Menu, settings: OpenAt, dialing: OpenAt) -> Iterator[Findable]:
    for setting in ALL:
        if setting in ELSEWHERE or not setting.label:
            continue
        of_dialing = setting.name.startswith(OF_DIALING)
        part = setting.name.rpartition(".")[2]
        run = partial(dialing, menu, f"dialing.{part}") if of_dialing else partial(settings, menu, f"settings.{part}")
        yield Findable(setting.label, _words(setting), run, detail=_("Dialing") if of_dialing else _("Settings"))


def _words(setting: Setting[object]) -> str:
    return _(OTHER_WORDS[setting]) if setting in OTHER_WORDS else ""


def _topics(menu: Menu, topics: Sequence[Block], settings: OpenAt) -> Iterator[Findable]:
    for topic in topics:
        yield Findable(topic.title, "", partial(settings, menu, f"settings.{topic.name}"), detail=_("Settings"))
