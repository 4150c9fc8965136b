"""*Locate map*: the link that shows an address in the map service the office has chosen (VT-92).

Nothing leaves the program before somebody asks for it; what leaves is the address alone, quoted, so that nothing rides
along with it. Outside the USA the country must be filled in: a street and a town are found in the wrong one otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.services import office, rights
from channergy_crm.settings import MAP_PATTERN, MAP_SERVICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.work.record import Record

OWN = "own"
SERVICES = {
    "osm": ("OpenStreetMap", "https://www.openstreetmap.org/search?query={address}"),
    "google": ("Google Maps", "https://www.google.com/maps/search/?api=1&query={address}"),  # unsaid: a name
    "apple": ("Apple Maps", "https://maps.apple.com/?q={address}"),  # unsaid: a name
    "geo": (N_("The map program of this workstation (geo:)"), "geo:0,0?q={address}"),
}
"""by the word in the setting: what people call it, and where an address is shown"""
PLACE = "{address}"
PREFIXES = ("", "bill_", "mailing_")
PARTS = ("address", "city", "state", "postal_code", "country")
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "  # unsaid: names
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP ALABAMA ALASKA ARIZONA ARKANSAS "
    "CALIFORNIA COLORADO CONNECTICUT DELAWARE FLORIDA GEORGIA HAWAII IDAHO ILLINOIS INDIANA IOWA KANSAS KENTUCKY "
    "LOUISIANA MAINE MARYLAND MASSACHUSETTS MICHIGAN MINNESOTA MISSISSIPPI MISSOURI MONTANA NEBRASKA NEVADA "
    "NEW_HAMPSHIRE NEW_JERSEY NEW_MEXICO NEW_YORK NORTH_CAROLINA NORTH_DAKOTA OHIO OKLAHOMA OREGON PENNSYLVANIA "
    "RHODE_ISLAND SOUTH_CAROLINA SOUTH_DAKOTA TENNESSEE TEXAS UTAH VERMONT VIRGINIA WASHINGTON WEST_VIRGINIA "
    "WISCONSIN WYOMING"
)
STATES = frozenset(each.replace("_", " ") for each in _STATES.split())


def fields(record: type[Record]) -> dict[str, str]:
    """The fields of an address by what they hold (`address`, `city`, …); nothing where such records have none."""
    names = record._meta.fields
    prefix = next((each for each in PREFIXES if f"{each}address" in names), None)
    return {part: f"{prefix}{part}" for part in PARTS if f"{prefix}{part}" in names} if prefix is not None else {}


def link(record: type[Record], values: Mapping[str, object], by: str) -> str:
    """The link that shows the address these values hold. `Mistake` names the field that must be filled in first."""
    rights.require(by, "see", record)
    kept, held = rights.hidden(record, by), fields(record)
    parts = {part: str(values.get(name) or "").strip() for part, name in held.items() if name not in kept}
    if not any(parts.get(part) for part in ("address", "city", "postal_code")):
        raise Mistake(_("There is no address to show; fill in the street or the city."), held.get("address", ""))
    if not parts.get("country") and not is_in_usa(parts.get("state", "")):
        said = _("Fill in the country: outside the USA the map needs it.")
        raise Mistake(said, held.get("country", ""))
    return pattern(by).replace(PLACE, quote(written(parts), safe=""))


def written(parts: Mapping[str, str]) -> str:
    """An address in one line, as map services read it."""
    town = " ".join(part for part in (parts.get("state", ""), parts.get("postal_code", "")) if part)
    lines = [parts.get("address", ""), parts.get("city", ""), town, parts.get("country", "")]
    return ", ".join(" ".join(line.split()) for line in lines if line)


def is_in_usa(state: str) -> bool:
    """Whether a state is one of the United States, by its two letters or its name."""
    return " ".join(state.upper().replace(".", "").split()) in STATES


def pattern(by: str) -> str:
    """Where the office shows an address, with {address} in it."""
    rights.require(by, "see")
    chosen = office.get(MAP_SERVICE, by)
    own = office.get(MAP_PATTERN, by)
    if chosen == OWN and not problem(own):
        return own
    return SERVICES.get(chosen, SERVICES["osm"])[1]


def problem(text: str) -> str | None:
    """One sentence why a pattern of one's own cannot be used, or None."""
    if PLACE not in text:
        return _("Write {place} where the address belongs.").format(place=PLACE)
    split = urlsplit(text.replace(PLACE, "x"))
    if split.scheme not in ("https", "http", "geo") or (split.scheme != "geo" and not split.hostname):
        return _("Begin with https:// and the name of the map service.")
    if PLACE in text.split("?", maxsplit=1)[0].partition("://")[2].split("/", maxsplit=1)[0] or re.search(r"\s", text):
        return _("The address belongs behind the name of the map service, and no blanks may stand there.")
    return None
