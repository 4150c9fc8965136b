"""Whether a number is that of a mobile telephone, to which a short message can be sent."""

from __future__ import annotations

import functools


@functools.lru_cache(maxsize=8192)
def is_mobile(e164: str) -> bool:
    """Whether a full number ("+491701234567") takes messages, as far as its digits tell.

    Where they do not tell mobile telephones from others (in America), it is taken for one.
    """
    import phonenumbers

    if not e164.startswith("+"):
        return False
    try:
        sort = phonenumbers.number_type(phonenumbers.parse(e164, None))
    except phonenumbers.NumberParseException:
        return False
    kinds = phonenumbers.PhoneNumberType
    return sort in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE)
