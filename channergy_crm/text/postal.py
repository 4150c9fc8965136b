"""An address as it stands on an envelope: a line under the other, the town as its country writes it (BX-26)."""

from __future__ import annotations

from typing import NamedTuple

from channergy_crm.text.folding import fold

_NAMES = """
us|usa|u.s.a.|united states|ca|canada|au|australia|gb|uk|united kingdom|england|scotland|wales|ie|ireland|in|india
nz|new zealand
"""  # unsaid: as it stands in addresses
_CODE_LAST = frozenset(name for line in _NAMES.split("\n") for name in line.split("|") if name)
"""countries in which the postal code stands behind the town"""


class Postal(NamedTuple):
    """The parts of an address, as they were typed; "" for what is not known."""

    company: str = ""
    name: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    code: str = ""
    country: str = ""


def block(parts: Postal, region: str) -> str:
    """The whole of it; "" where there is neither street nor town. `region` is the country of the office, by its code,
    and holds for an address that names none.
    """
    if not parts.street.strip() and not parts.city.strip():
        return ""
    lines = [parts.company, parts.name, *parts.street.splitlines(), _town(parts, region), parts.country]
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _town(parts: Postal, region: str) -> str:
    if fold(parts.country.strip() or region) not in _CODE_LAST:
        return f"{parts.code} {parts.city}"
    town = ", ".join(part for part in (parts.city.strip(), parts.state.strip()) if part)
    return f"{town} {parts.code}"
