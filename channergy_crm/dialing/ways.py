"""Every way to dial, set up as a workstation and whoever sits there want it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm import secrets, settings
from channergy_crm.dialing.asterisk import Asterisk, AsteriskOverHttp, Line
from channergy_crm.dialing.clipboard import SystemClipboard
from channergy_crm.dialing.clipboard_hotkey import ClipboardHotkey
from channergy_crm.dialing.command_line import CommandLine
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.dialing.http_url import HttpUrl
from channergy_crm.dialing.number import CANONICAL, E164, NATIONAL, RFC3966, Writing
from channergy_crm.dialing.tapi import Tapi
from channergy_crm.dialing.uri import UriScheme, open_with_the_system

if TYPE_CHECKING:
    from channergy_crm.dialing.bridge import Bridge, Clipboard, OpenUri

FORMS = {
    Tapi.name: (CANONICAL, E164, NATIONAL),
    UriScheme.name: (E164, NATIONAL, RFC3966),
    **dict.fromkeys((CommandLine.name, ClipboardHotkey.name, CopyOnly.name), (E164, NATIONAL, CANONICAL, RFC3966)),
}
"""how a bridge may have its numbers written, the usual way first"""
PLAIN = (E164, NATIONAL)
"""what the others take: blanks and brackets are nothing for a dialplan or an address"""
AMI_SECRET, ARI_PASSWORD, HTTP_PASSWORD = "ami", "ari", "http"  # unsaid: names


def secret_name(which: str, operator: str) -> str:
    """What a password is kept under: the one of an address is each operator's own, like the user."""
    return f"dialing.{which}.{operator}" if which == HTTP_PASSWORD else f"dialing.{which}"


def bridges(
    station: settings.Station,
    clipboard: Clipboard | None = None,
    open_uri: OpenUri | None = None,
    *,
    operator: str = "",
    region: str = "",
) -> list[Bridge]:
    """Every way to dial, for this operator in an office of this country; the last one always works."""
    clipboard, get = clipboard or SystemClipboard(), station.get
    operator = operator or get(settings.OPERATOR)
    writing = partial(_writing, station, region)
    extension, seconds = get(settings.EXTENSION.of(operator)), float(get(settings.DEADLINE))
    line = Line(
        get(settings.OWN_PHONE).replace("{extension}", extension) if extension else get(settings.OWN_PHONE),
        get(settings.CONTEXT), get(settings.CALLER_ID), get(settings.RING_SECONDS),
    )  # fmt: skip
    return [
        _by_keys(station, clipboard, writing(ClipboardHotkey.name)),
        UriScheme(get(settings.URI_SCHEME), open_uri or open_with_the_system, writing(UriScheme.name)),
        CommandLine(get(settings.COMMAND), get(settings.HANG_UP_COMMAND), extension, writing(CommandLine.name)),
        Tapi(writing(Tapi.name)),
        Asterisk(
            get(settings.AMI_ADDRESS), get(settings.AMI_USER), _kept(AMI_SECRET, operator), line, seconds,
            writing(Asterisk.name),
        ),
        AsteriskOverHttp(
            get(settings.ARI_ADDRESS), get(settings.ARI_USER), _kept(ARI_PASSWORD, operator), line, seconds,
            writing(AsteriskOverHttp.name),
        ),
        HttpUrl(get(settings.URL), get(settings.HANG_UP_URL), get(settings.METHOD),
                get(settings.URL_USER.of(operator)), _kept(HTTP_PASSWORD, operator), extension, seconds,
                writing(HttpUrl.name)),
        CopyOnly(clipboard, writing(CopyOnly.name)),
    ]  # fmt: skip


def chosen(
    station: settings.Station,
    clipboard: Clipboard | None = None,
    open_uri: OpenUri | None = None,
    *,
    operator: str = "",
    region: str = "",
) -> Bridge:
    """The way to dial chosen on this workstation; copying when that way is gone."""
    every = bridges(station, clipboard, open_uri, operator=operator, region=region)
    return next((bridge for bridge in every if bridge.name == station.get(settings.BRIDGE)), every[-1])


def _by_keys(station: settings.Station, clipboard: Clipboard, writing: Writing) -> ClipboardHotkey:
    return ClipboardHotkey(
        clipboard,
        hotkey=station.get(settings.HOTKEY),
        paste_key=station.get(settings.PASTE_KEY),
        wait_before_hotkey=station.get(settings.WAIT_BEFORE_HOTKEY),
        wait_before_paste=station.get(settings.WAIT_BEFORE_PASTE),
        press_enter=station.get(settings.PRESS_ENTER),
        restore_clipboard=station.get(settings.RESTORE_CLIPBOARD),
        writing=writing,
    )


def _writing(station: settings.Station, region: str, way: str) -> Writing:
    form, drop_country, plus, prefix, suffix = (station.get(setting.of(way)) for setting in settings.WRITING)
    offered = FORMS.get(way, PLAIN)
    return Writing(form if form in offered else offered[0], region, drop_country, plus, prefix, suffix)  # type: ignore[arg-type]


def _kept(which: str, operator: str) -> partial[str | None]:
    return partial(secrets.find, secret_name(which, operator))
