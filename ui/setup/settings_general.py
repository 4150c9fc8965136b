"""The topics about this workstation and about the office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from channergy_crm import language
from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import maps, rights
from channergy_crm.services import office as office_settings
from channergy_crm.services.rights import Program
from channergy_crm.settings import (
    ALT_KEYS,
    ASK,
    LANGUAGE,
    LANGUAGES_OFFERED,
    LEAVING,
    LOCK_AFTER,
    MAP_PATTERN,
    MAP_SERVICE,
    OFFICE_ADDRESS,
    OFFICE_NAME,
    REGION,
    SALE_TOLD,
    SALES_MUTED,
    SAVE,
    TEXT_SIZE,
    TEXT_SIZES,
    THEME,
    THEMES_OFFERED,
    Setting,
)
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor
from ui.setup import newer_part
from ui.setup.settings_rows import TopicPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.session.chosen import Chosen

THEMES = [
    ("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")),
    ("high_light", N_("High contrast, light")), ("high_dark", N_("High contrast, dark")),
]  # fmt: skip
LEAVINGS = [(SAVE, N_("Save it and say so")), (ASK, N_("Ask first"))]
LONGEST_NAME = 60
LONGEST_ADDRESS = 400
MINUTES = ("5", "10", "15", "30", "60")


def workstation(chosen: Chosen, parent: QWidget) -> TopicPage:
    """What holds on this workstation only: how it looks and speaks, and how people work on it."""
    page = TopicPage(_("This workstation"), chosen, parent)
    later = "" if chosen.wear else _("Seen when the program is started again.")
    page.begin(_("Language and looks"))
    page.add(
        LANGUAGE,
        _choice(offered(LANGUAGES_OFFERED, spoken()), page),
        hint=_("Spoken at once. It stands at the foot of the window as well."),
    )
    themes = [(name, _(text)) for name, text in THEMES]
    page.add(THEME, _choice(offered(THEMES_OFFERED, themes), page), hint=later)
    sizes = [(size, _("{percent} %").format(percent=size)) for size in TEXT_SIZES]
    hint = later or _("Beside what the system says. Fields and rows grow with it.")
    page.add(TEXT_SIZE, _choice(sizes, page), hint=hint)
    page.begin(_("At work"))
    page.add(
        LEAVING, _choice([(name, _(text)) for name, text in LEAVINGS], page),
        hint=_("Saving can be undone. What cannot be saved stays open."),
    )  # fmt: skip
    page.add(ALT_KEYS, FlagEditor(_("Use them"), page), hint=_("Alt+E edits, Alt+S saves; see Shift+F1."))
    page.add(SALES_MUTED, FlagEditor(_("Leave me in peace"), page), hint=_("Where the office tells of each sale."))
    if chosen.session.office.engine == "postgresql":
        from channergy_crm import secrets

        page.begin(_("The password of the server"))
        page.add_word(_("Where it is kept: {where}").format(where=secrets.where()))
    page.close_up()
    return page


def office(chosen: Chosen, parent: QWidget) -> TopicPage:
    """What is the same on every workstation; who may not change it reads why."""
    page = TopicPage(_("The office"), chosen, parent)
    if refused := rights.may(chosen.session.by, "administer"):
        page.add_word(refused, "overdue")
    page.begin(_("Who we are"))
    page.add(OFFICE_NAME, LineEditor(page, max_length=LONGEST_NAME), check=_name_problem)
    page.add(
        OFFICE_ADDRESS, TextEditor(page, lines=3, most_lines=5),
        hint=_("As it stands in letters, a line under the other."),
    )  # fmt: skip
    page.add(
        REGION, _choice(countries(), page),
        hint=_("Phone numbers without a country code belong to this country. Saved numbers are not read anew."),
    )  # fmt: skip
    page.begin(_("Maps"))
    services = [(name, _(said)) for name, (said, _pattern) in maps.SERVICES.items()]
    page.add(
        MAP_SERVICE, _choice([*services, (maps.OWN, _("Another one, by its address"))], page),
        hint=_("Where “Locate Map” shows an address; it leaves the program only when somebody presses that."),
    )  # fmt: skip
    page.add(
        MAP_PATTERN, LineEditor(page, max_length=LONGEST_ADDRESS), check=_pattern_problem,
        hint=_("Such as https://maps.example.com/search?q={place}").format(place=maps.PLACE),
    )  # fmt: skip
    page.begin(_("Among us"))
    page.add(
        SALE_TOLD, _choice([("off", _("No")), ("on", _("Yes, as “Sale!” at every workstation"))], page),
        hint=_("When a call ends with a result that means “won”, or an opportunity is won."),
    )  # fmt: skip
    _signing_in(page)
    newer_part.add(page)
    page.close_up()
    return page


def _signing_in(page: TopicPage) -> None:
    page.begin(_("Signing in"))
    minutes = [(each, ngettext("{count} minute", "{count} minutes", int(each)).format(count=each)) for each in MINUTES]
    page.add(
        LOCK_AFTER, _choice([*minutes, ("0", _("Never"))], page),
        hint=_("While Security is on: untouched for so long, a workstation asks for the password once more."),
    )  # fmt: skip
    for setting, codes in ((LANGUAGES_OFFERED, spoken()), (THEMES_OFFERED, THEMES)):
        known = [code for code, _words in codes]
        page.add(
            setting, LineEditor(page, max_length=LONGEST_NAME), check=partial(_codes_known, known),
            hint=_("Any of {codes}; empty for all of them.").format(codes=", ".join(known)),
        )  # fmt: skip


def _pattern_problem(typed: str | None) -> str | None:
    return maps.problem(typed) if typed else None


def _codes_known(known: Sequence[str], typed: str | None) -> str | None:
    unknown = [code.strip() for code in (typed or "").split(",") if code.strip() not in ("", *known)]
    said = _("“{unknown}” is none of {codes}.")
    return said.format(unknown=unknown[0], codes=", ".join(known)) if unknown else None


def offered(setting: Setting[str], choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of these (code, words) pairs that the office lets people choose from (VT-12)."""
    wanted = {code.strip() for code in office_settings.get(setting, Program.ITSELF).split(",")}
    return [choice for choice in choices if choice[0] in wanted] or list(choices)


def _choice(choices: Sequence[tuple[object, str]], page: TopicPage) -> ChoiceEditor:
    return ChoiceEditor(choices, page, allow_empty=False)


def _name_problem(name: str) -> str | None:
    return None if name else _("An office needs a name; it stands in the header.")


def spoken() -> list[tuple[str, str]]:
    """The languages to choose from, each by its own name; the first is the one this machine speaks."""
    others = language.languages()[1:]
    named = [(code, QLocale(code).nativeLanguageName().partition(" ")[0].capitalize()) for code in others]
    return [(language.SYSTEM, _("As the system")), (language.ENGLISH, "English"), *named]  # unsaid: its own name


def countries() -> list[tuple[str, str]]:
    """The countries whose phone numbers are known: code and name, by name."""
    from phonenumbers import SUPPORTED_REGIONS

    named = [(code, _country(code)) for code in SUPPORTED_REGIONS]
    return sorted(((code, f"{name} ({code})") for code, name in named), key=lambda pair: pair[1])


def _country(code: str) -> str:
    """What a country is called; the library of phone numbers knows it in many languages, Qt in English alone."""
    if language.in_use() != language.ENGLISH:
        from phonenumbers.geodata.locale import LOCALE_DATA

        called = LOCALE_DATA.get(code, {})
        said = str(called.get(language.in_use(), ""))
        if said := str(called.get(said[1:], "")) if said.startswith("*") else said:  # "as in that language"
            return said
    return QLocale.territoryToString(QLocale.codeToTerritory(code))
