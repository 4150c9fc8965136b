"""Passwords: what is kept instead of them, and which are too easy to guess."""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 200
COMMON = (
    "password", "passwort", "kennwort", "qwerty", "qwertz", "asdfgh", "letmein", "welcome", "willkommen", "iloveyou",
    "admin", "changeme", "geheim", "channergy", "123456", "abcdef", "abc123", "dragon", "monkey", "football", "master",
)  # fmt: skip
"""a password that is one of these with a few more signs is guessed first"""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another one when it is read aloud
_chosen: list[PasswordHasher] = []


def use(hasher: PasswordHasher | None) -> None:
    """Compare at another cost than the library recommends; None is the recommended one. Only tests make it cheap."""
    _chosen[:] = [] if hasher is None else [hasher]


def _hasher() -> PasswordHasher:
    return _chosen[0] if _chosen else _recommended()


@cache
def _recommended() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


def hidden(password: str) -> str:
    """What is kept of a password, by which it is known again and from which nobody can tell it (argon2id)."""
    return _hasher().hash(password)


def matches(held: str, typed: str) -> bool:
    """Whether this is the password; what is kept may be broken, then it is not."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(held, typed[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(held: str) -> bool:
    """Whether it is kept in a weaker way than today."""
    return _hasher().check_needs_rehash(held)


@cache
def _nobodys(_hasher: PasswordHasher) -> str:
    return hidden(secrets.token_urlsafe())


def take_as_long() -> None:
    """Spend the time a comparison takes, so that nobody learns from the clock whether there is such a user."""
    matches(_nobodys(_hasher()), "")


def problem(password: str, *names: str) -> str:
    """Why a password is too easy, in a sentence; "" when it is good. `names` are those of its owner."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return _("A password has at least {count} characters; several words do well.").format(count=SHORTEST)
    if len(password) > LONGEST:
        return _("A password has at most {count} characters.").format(count=LONGEST)
    if len(set(plain)) < 4:
        return _("The same few characters again and again are guessed first.")
    if _made_of(plain, [part.casefold() for each in names for part in each.split() if len(part) > 2]):
        return _("A password made of the own name is guessed first.")
    if _made_of(plain, COMMON):
        return _("This one is among the first that are guessed; several words do well.")
    return ""


def _made_of(plain: str, words: Sequence[str]) -> bool:
    """Whether little is left of a password without these words, and digits or signs around them."""
    left = plain
    for word in words:
        left = left.replace(word, "")
    return left != plain and sum(letter.isalpha() for letter in left) < SHORTEST // 2


def made_up() -> str:
    """A password that is easy to read aloud: four times four letters."""
    return "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _part in range(4))
