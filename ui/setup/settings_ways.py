"""What each way to dial asks of a workstation: the rows of Settings › Calling, their hints and what cannot be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm import settings
from channergy_crm.dialing import keyboard, ways, web
from channergy_crm.dialing.asterisk import address_problem
from channergy_crm.dialing.command_line import problem
from channergy_crm.dialing.http_url import METHODS, url_problem
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.dialing.number import CANONICAL, E164, NATIONAL, RFC3966, option_problem
from channergy_crm.dialing.uri import UriScheme
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from ui.editors.base import FlagEditor, LineEditor, NumberEditor
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.setup.settings_rows import NAMES, SHORT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.settings import Setting, Station
    from ui.setup.settings_rows import TopicPage

SCHEMES = ("tel", "callto", "sip")
LONGEST_WAIT, LONGEST_RING = 10_000, 120
LONG = WIDTH - NAMES
"""pixels of a line that must be read as a whole"""
_OF_ASTERISK = (settings.OWN_PHONE, settings.CONTEXT, settings.CALLER_ID, settings.RING_SECONDS, settings.DEADLINE)
OF_WAYS: dict[str, tuple[Setting[Any], ...]] = {
    "clipboard_hotkey": (
        settings.HOTKEY, settings.PASTE_KEY, settings.WAIT_BEFORE_HOTKEY, settings.WAIT_BEFORE_PASTE,
        settings.PRESS_ENTER, settings.RESTORE_CLIPBOARD,
    ),
    "uri": (settings.URI_SCHEME,),
    "command": (settings.COMMAND, settings.HANG_UP_COMMAND),
    "ami": (settings.AMI_ADDRESS, settings.AMI_USER, *_OF_ASTERISK),
    "ari": (settings.ARI_ADDRESS, settings.ARI_USER, *_OF_ASTERISK),
    "http": (settings.URL, settings.METHOD, settings.HANG_UP_URL, settings.URL_USER, settings.DEADLINE),
}  # fmt: skip
"""what each way to dial needs"""
SECRETS = {"ami": ways.AMI_SECRET, "ari": ways.ARI_PASSWORD, "http": ways.HTTP_PASSWORD}
WITH_EXTENSION: dict[str, tuple[Setting[Any], ...]] = {
    "command": (settings.COMMAND, settings.HANG_UP_COMMAND), "ami": (settings.OWN_PHONE,),
    "ari": (settings.OWN_PHONE,), "http": (settings.URL, settings.HANG_UP_URL),
}  # fmt: skip
"""in which texts one's own extension may stand"""
FORMS = {
    E164: N_("With country code, +16502530000"),
    NATIONAL: N_("As dialed inside the country, 6502530000"),
    CANONICAL: N_("As Windows wants it, +1 (650) 253-0000"),
    RFC3966: N_("As links want it, +16502530000;ext=12"),
}


def add_keys(page: TopicPage) -> None:
    """The dialer that is opened by a key, and links."""
    for key in (settings.HOTKEY, settings.PASTE_KEY):
        page.add(key, LineEditor(page), check=lambda text: key_problem(text, page.chosen.session.station))
    for wait in (settings.WAIT_BEFORE_HOTKEY, settings.WAIT_BEFORE_PASTE):
        page.add(wait, NumberEditor(page, minimum=0, maximum=LONGEST_WAIT), check=needed, width=SHORT)
    for flag in (settings.PRESS_ENTER, settings.RESTORE_CLIPBOARD):
        page.add(flag, FlagEditor(_("Yes"), page))
    page.add(settings.URI_SCHEME, SuggestEditor(SCHEMES, page), check=scheme_problem)


def add_command(page: TopicPage) -> None:
    """The lines of a phone program."""
    said = _("{places}: the number. A path with blanks stands in quotes.")
    hint = said.format(places="{number}, {digits}, {e164}")
    page.add(settings.COMMAND, LineEditor(page), hint=hint, check=if_typed(problem), width=LONG)
    page.add(
        settings.HANG_UP_COMMAND, LineEditor(page), hint=_("Empty where the program has none."),
        check=if_typed(partial(problem, places=("{extension}",), needed=())), width=LONG,
    )  # fmt: skip


def add_asterisk(page: TopicPage, secret: Callable[[str], object]) -> None:
    """Where Asterisk is; the telephone comes after it."""
    page.add(settings.AMI_ADDRESS, LineEditor(page), hint=_("Such as pbx.example or 10.0.0.2:5038."),
             check=if_typed(address_problem))  # fmt: skip
    page.add(settings.AMI_USER, LineEditor(page), hint=_("As in manager.conf, with the rights call and originate."))
    secret("ami")
    page.add(settings.ARI_ADDRESS, LineEditor(page), hint=_("Such as https://pbx.example:8089."),
             check=if_typed(web.problem))  # fmt: skip
    page.add(settings.ARI_USER, LineEditor(page), hint=_("As in ari.conf."))
    secret("ari")


def add_address(page: TopicPage, by: str, secret: Callable[[str], object]) -> None:
    """The address of a telephone system or a desk phone."""
    said = _("{number} and {extension} are filled in. Encrypted, unless it stays on this computer.")
    hint = said.format(number="{number}", extension="{extension}")
    page.add(settings.URL, LineEditor(page), hint=hint, check=if_typed(url_problem), width=LONG)
    page.add(settings.METHOD, ChoiceEditor([(each, each) for each in METHODS], page, allow_empty=False), width=SHORT)
    page.add(settings.HANG_UP_URL, LineEditor(page), hint=_("Empty where it has none."),
             check=if_typed(partial(url_problem, needed=False)), width=LONG)  # fmt: skip
    add_of(page, settings.URL_USER, by, LineEditor(page), hint=_("Yours; every operator here has their own."))
    secret("http")


def add_telephone(page: TopicPage, by: str) -> None:
    """Whose telephone rings first, and for how long somebody waits."""
    hint = _("Yours; it is put in for {place}.").format(place="{extension}")
    add_of(page, settings.EXTENSION, by, LineEditor(page), hint=hint, width=SHORT)
    page.add(settings.OWN_PHONE, LineEditor(page), hint=_("It rings first; the number is called when you pick it up."))
    page.add(settings.CONTEXT, LineEditor(page), hint=_("Where the dialplan reaches the outside."))
    page.add(settings.CALLER_ID, LineEditor(page), hint=_("Empty for what the telephone system shows."))
    for seconds in (settings.RING_SECONDS, settings.DEADLINE):
        page.add(seconds, NumberEditor(page, minimum=1, maximum=LONGEST_RING), check=seconds_needed, width=SHORT)


def add_writing(page: TopicPage, way: str) -> None:
    """How numbers are written for this way."""
    add_of(page, settings.FORM, way, ChoiceEditor([], page, allow_empty=False))
    add_of(page, settings.DROP_COUNTRY, way, FlagEditor(_("Yes"), page))
    for option, hint in (
        (settings.PLUS, _("Such as 00; empty for nothing.")),
        (settings.PREFIX, _("Such as 0 or 9. Internal numbers of up to five digits go without it.")),
        (settings.SUFFIX, _("Such as #, where it makes the telephone dial at once.")),
    ):
        add_of(page, option, way, LineEditor(page), hint=hint, check=option_problem, width=SHORT)


def add_of(page: TopicPage, setting: Setting[Any], owner: str, editor: Any, **how: Any) -> None:
    """A row for what belongs to one operator or one way; the page knows it by the setting itself."""
    row = page.add(setting.of(owner), editor, **how)
    page.rows[setting] = page.rows.pop(row.setting)


def is_shown(setting: Setting[Any], way: str, get: Callable[[Setting[Any]], Any]) -> bool:
    """Whether the chosen way asks for this."""
    if setting is settings.EXTENSION:
        return any("{extension}" in get(each) for each in WITH_EXTENSION.get(way, ()))
    if setting is settings.DROP_COUNTRY:
        return bool(get(settings.FORM.of(way)) != NATIONAL)
    return setting in OF_WAYS.get(way, ()) or not any(setting in asked for asked in OF_WAYS.values())


def forms(way: str) -> list[tuple[object, str]]:
    """How a number may be written there, the usual way first."""
    usual, *others = ways.FORMS.get(way, ways.PLAIN)
    return [(settings.FORM.default, _(FORMS[usual])), *((form, _(FORMS[form])) for form in others)]


def if_typed(check: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Nothing is wrong with an empty line: what is missing is said under the way to dial."""
    return lambda text: check(text) if text else None


def key_problem(text: str, station: Station) -> str | None:
    """A sentence when there is no such key, or when it is the one that dials what is selected."""
    try:
        Hotkey.read(text)
    except Mistake as mistake:
        return mistake.message
    everywhere = str(station.get(settings.SELECTED_KEY))
    taken = keyboard.everywhere_problem(everywhere) is None and keyboard.everywhere_problem(everywhere, (text,))
    return taken or None


def scheme_problem(text: str) -> str | None:
    """A sentence when no link begins so."""
    return UriScheme(text, lambda _link: True).check()


def needed(value: int | None) -> str | None:
    """A wait is a number."""
    return (
        _("Type a number of milliseconds from 0 to {longest_wait:,}.").format(longest_wait=LONGEST_WAIT)
        if value is None
        else None
    )


def seconds_needed(value: int | None) -> str | None:
    """A time is a number."""
    said = _("Type a number of seconds from 1 to {most}.")
    return said.format(most=LONGEST_RING) if value is None else None
