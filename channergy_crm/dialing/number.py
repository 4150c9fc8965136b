"""How a number is written for a telephone: as E.164, as at home, as Windows or as links want it, with an outside line.

Whatever is written consists of the signs a telephone dials, `0-9 + * # , ;`, and nothing else ever leaves: the blanks
and brackets of TAPI's form and the `;ext=` of RFC 3966 are put between checked digits at the very end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

E164, NATIONAL, CANONICAL, RFC3966 = "e164", "national", "canonical", "rfc3966"
LONGEST_INTERNAL = 5
"""digits; an internal number such as 204 needs no outside line"""
SIGNS = re.compile(r"[0-9+*#,;]+")
_PARTS = re.compile(r"(\+?[0-9*#]+)(?:[,;](.*))?")
_OPTION = re.compile(r"[0-9+*#,;]*")


@dataclass(frozen=True)
class Writing:
    """How a bridge wants a number; `region` is the country one dials from, "" where it is not known.

    A form, the own country code or not, what stands for the leading +, what comes before the number (to get an outside
    line) and after it (to have it dialed at once).
    """

    form: str = E164
    region: str = ""
    drop_country: bool = False
    plus: str = "+"
    prefix: str = ""
    suffix: str = ""

    def check(self) -> str | None:
        """A sentence when one of the options holds what no telephone dials."""
        wrong = [each for each in (self.plus, self.prefix, self.suffix) if not _OPTION.fullmatch(each)]
        return option_problem(wrong[0]) if wrong else None

    def write(self, number: str) -> str:
        """The number as it leaves; Mistake when there is a sign in it that no telephone dials."""
        parts = _PARTS.fullmatch(number)
        if not parts or not SIGNS.fullmatch(number) or self.check():
            raise Mistake(_("This is not a number a telephone can dial; nothing was sent."))
        main, extension = parts[1], parts[2] or ""
        text = self._at_home(main)
        if text.startswith("+"):
            text = self.plus + text[1:]
        if not is_internal(main):
            text = self.prefix + text + self.suffix
        if self.form == CANONICAL and text.startswith("+"):
            text = _canonical(text)
        if self.form == RFC3966 and extension.isdigit():
            return f"{text};ext={extension}"
        return f"{text},{extension}" if extension else text

    def _at_home(self, main: str) -> str:
        """Without the own country code, as one dials inside the country, where that is wanted."""
        if not main.startswith("+") or not (self.drop_country or self.form == NATIONAL):
            return main
        import phonenumbers

        known = _parsed(main)
        if known is None or known.country_code != phonenumbers.country_code_for_region(self.region):
            return main
        written = phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.NATIONAL)
        return re.sub("[^0-9]", "", written) or main


AS_IT_IS, AS_WINDOWS_WANTS_IT = Writing(), Writing(CANONICAL)


def is_internal(number: str) -> bool:
    """Whether it is one of the telephone system's own: short, or with signs the system itself listens to."""
    return "*" in number or "#" in number or (not number.startswith("+") and len(number) <= LONGEST_INTERNAL)


def example(region: str) -> str:
    """A number of this country with which things can be shown."""
    import phonenumbers

    known = phonenumbers.example_number(region)
    return phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.E164) if known else "+16502530000"


def without_extension(written: str) -> str:
    """What is called first; the tones of an extension come when somebody has answered."""
    return re.split("[,;]", written)[0]


def option_problem(text: str | None) -> str | None:
    """A sentence when a telephone cannot dial what is put before or after every number."""
    if _OPTION.fullmatch(text or ""):
        return None
    return _("A telephone dials digits and + * # , ; only.")


def _canonical(text: str) -> str:
    """As Windows wants it: +1 (425) 555-0100."""
    known = _parsed(text)
    if known is None:
        return text
    import phonenumbers

    shown = phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if re.sub("[^0-9]", "", shown) != text[1:]:
        return text
    code, _blank, rest = shown.partition(" ")
    area, _sign, subscriber = re.sub("[^0-9]+", "-", rest).partition("-")
    return f"{code} ({area}) {subscriber}" if subscriber else f"{code} {area}"


def _parsed(text: str) -> PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
