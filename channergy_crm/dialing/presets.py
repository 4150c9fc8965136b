"""Phone programs that are known: the lines by which they dial and hang up, as their makers wrote them.

MicroSIP takes everything behind a blank for a text message, so its number stands alone. Linphone 6 has no `--call` any
more: one argument is all it takes. Twinkle asks first unless it is told `--immediate`.
"""

from __future__ import annotations

from typing import NamedTuple


class Preset(NamedTuple):
    """A phone program: what it is called, the line that dials, the line that hangs up ("" when it has none)."""

    name: str
    command: str
    hang_up: str = ""


PRESETS = (
    Preset("3CXPhone (Windows)", "CallTriggerCmd.exe -cmd makecall:{number}"),  # unsaid: a name
    Preset("Ekiga", "ekiga -c sip:{number}@provider"),  # unsaid: a name
    Preset("Linphone 6", "linphone sip:{number}", "linphone bye"),  # unsaid: a name
    Preset("MicroSIP", "microsip.exe {number}", "microsip.exe /hangupall"),  # unsaid: a name
    Preset("PhonerLite", "PhonerLite.exe callto:{number}", "PhonerLite.exe hangup:"),  # unsaid: a name
    Preset("PhoneSuite", "PhoneSuite.exe /dial {number}", "PhoneSuite.exe /drop"),  # unsaid: a name
    Preset("Twinkle", "twinkle --call {number} --immediate", "twinkle --cmd bye"),  # unsaid: a name
)


def known(command: str) -> str:
    """The preset this line came from, "" for one of somebody's own."""
    return next((preset.name for preset in PRESETS if preset.command == command), "")
