"""What the site's answers mean, checked: an answer that is none is told as such and never half believed."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from channergy_crm.outgoing.line import Lost

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from channergy_crm.sync.viper.line import Answer

Status = Literal["done", "conflict", "refused", "gone", "retry", "unknown"]
STATUSES: dict[object, Status] = {status: status for status in get_args(Status) if status != "unknown"}
LONGEST_ID, LONGEST_ETAG, LONGEST_CURSOR, LONGEST_SAID = 120, 200, 400, 300
LONGEST_NUMBER, LONGEST_SHOWN, DEEPEST = 18, 20_000, 8
NO_SIGN = "\ufffd"
"""what stands where the site has sent half a sign, or the sign that ends a text in a store"""
USUAL_WAIT, LONGEST_WAIT = 60.0, 3600.0
"""seconds until a site that is busy is asked again, where it does not say"""


class Busy(Surroundings):
    """The site takes nothing just now: in so many seconds it may be asked again. Nothing was done."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class Refused(Surroundings):
    """The site does not let this user in, or does not know this password or token. Nothing was done."""


class Nonsense(Lost):
    """What came back is not what a site says: a maintenance page, half an answer. Nobody knows whether it was heard."""


class User(NamedTuple):
    """Who works there: a user or an office, which can own records (VP-10)."""

    id: str
    name: str
    kind: str = "user"
    email: str = ""


class Outcome(NamedTuple):
    """What became of an item. *done*: it is there, under `remote_id`, with `etag`; `values` as they are there now.

    *conflict*: it has changed there since `etag`; `etag` and `values` are the present ones, nothing was done.
    *refused*: it cannot be, `said` says why and `field` where. *gone*: deleted there, or merged into `remote_id` where
    that is another one. *retry*: not done, later perhaps. *unknown*: the site did not say.
    """

    status: Status
    remote_id: str
    etag: str
    values: Mapping[str, object]
    said: str = ""
    field: str = ""


class Theirs(NamedTuple):
    """A record as it is there; `deleted`, or `merged_into` another one. `shown` is only to be read here (VP-10)."""

    id: str
    etag: str
    values: Mapping[str, object]
    deleted: bool = False
    merged_into: str = ""
    shown: Mapping[str, object] = {}


class Page(NamedTuple):
    """What has changed since a cursor, the earliest first, and the cursor for what comes after it."""

    items: Sequence[Theirs]
    cursor: str
    more: bool


def held(answer: Answer, host: str) -> dict[str, object]:
    """What a good answer holds; else what is wrong, as one of the errors above."""
    status = answer.status
    if status in (429, 503):
        seconds = _wait(answer)
        said = _("{where} takes nothing just now; it is asked again in {seconds} s.")
        raise Busy(said.format(where=host, seconds=math.ceil(seconds)), seconds)
    if status in (401, 403):
        raise Refused(_("{where} refuses this user or this password.").format(where=host))
    if 300 <= status < 400:
        raise Nonsense(_("{where} sends one on to another address; it was not followed.").format(where=host))
    if status >= 500:
        raise Lost(_("{where} has a fault of its own ({status}).").format(where=host, status=status))
    if b"<" in answer.text[:200] and answer.text.lstrip()[:1] == b"<":
        said = _("{where} answers with a page for people; is the site being maintained, or is the address another?")
        raise Nonsense(said.format(where=host))
    found = _parsed(answer.text)
    if 200 <= status < 300 and found is not None:
        return found
    if status in (404, 405):
        raise Nonsense(_("{where} knows no such request; is the address right?").format(where=host))
    if status >= 400:
        said = _("{where} does not understand what was sent ({status}): {reason}")
        raise Nonsense(said.format(where=host, status=status, reason=_word(found or {}, "message", LONGEST_SAID)))
    raise nonsense(host)


def nonsense(host: str) -> Nonsense:
    """Something is said that is no answer to what was asked."""
    return Nonsense(_("What {where} answers cannot be understood; is it a Viper site?").format(where=host))


def user(found: object, host: str) -> User:
    """One of those who work there."""
    entry = _entry(found, host)
    return User(
        _id(entry, host), _word(entry, "name", 200), _word(entry, "kind", 20) or "user", _word(entry, "email", 254)
    )


def theirs(found: object, host: str) -> Theirs:
    """One of the records of a page."""
    entry = _entry(found, host)
    shown = _mapping(entry, "shown", host)
    told = Theirs(
        _id(entry, host), _exactly(entry, "etag", LONGEST_ETAG, host), _mapping(entry, "values", host),
        entry.get("deleted") is True, _exactly(entry, "merged_into", LONGEST_ID, host),
        shown if len(str(shown)) <= LONGEST_SHOWN else {},
    )  # fmt: skip
    if not told.etag and not told.deleted and not told.merged_into:
        raise nonsense(host)  # whether it is another one by now could never be told
    return told


def page(found: Mapping[str, object], limit: int, asked: Container[str], host: str) -> Page:
    """A page. One that holds more than was asked for, or says two things of a record, is none; nor one that leads
    nowhere, or back to a cursor that was asked for: it would be asked for ever.
    """
    told = entries(found, host)
    if found.get("cursor") is None or not isinstance(more := found.get("more"), bool) or len(told) > limit:
        raise nonsense(host)
    items, after = [theirs(each, host) for each in told], _exactly(found, "cursor", LONGEST_CURSOR, host)
    if (more and (after in asked or not items)) or len({item.id for item in items}) < len(items):
        raise nonsense(host)
    return Page(items, after, more)


def outcome(found: object, host: str) -> Outcome:
    """What became of one item; *unknown* where that cannot be read."""
    entry = _entry(found, host)
    status = STATUSES.get(str(entry.get("status")))
    if status is None or (status == "done" and not (entry.get("id") and entry.get("etag"))):
        return Outcome("unknown", "", "", {})
    return Outcome(
        status, _exactly(entry, "id", LONGEST_ID, host), _exactly(entry, "etag", LONGEST_ETAG, host),
        _mapping(entry, "values", host), _word(entry, "message", LONGEST_SHOWN), _word(entry, "field", 60),
    )  # fmt: skip


def entries(found: Mapping[str, object], host: str) -> list[object]:
    """The list in an answer."""
    items = found.get("items")
    if not isinstance(items, list):
        raise nonsense(host)
    return items


def _entry(found: object, host: str) -> dict[str, object]:
    if not isinstance(found, dict):
        raise nonsense(host)
    return found


def _id(entry: Mapping[str, object], host: str) -> str:
    if id := _exactly(entry, "id", LONGEST_ID, host):
        return id
    raise nonsense(host)


def _exactly(entry: Mapping[str, object], name: str, most: int, host: str) -> str:
    """What is given back to the site later, and so is kept whole or not at all; null is nothing."""
    word = entry.get(name)
    word = "" if word is None else word
    if not isinstance(word, str) or len(word) > most or NO_SIGN in word:
        raise nonsense(host)
    return word


def _mapping(entry: Mapping[str, object], name: str, host: str) -> dict[str, object]:
    values = entry.get(name)
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise nonsense(host)
    return values


def _word(entry: Mapping[str, object], name: str, most: int) -> str:
    word = entry.get(name)
    return word[:most] if isinstance(word, str) else ""


def _parsed(text: bytes) -> dict[str, object] | None:
    try:
        found = json.loads(text, parse_int=_whole, parse_float=_broken, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return {_storable(name): _kept(held, DEEPEST) for name, held in found.items()} if isinstance(found, dict) else None


def _whole(said: str) -> object:
    """A number; one that no program reckons with is a text, which no field of numbers takes."""
    return int(said) if len(said) <= LONGEST_NUMBER else said


def _broken(said: str) -> object:
    found = float(said)
    return found if math.isfinite(found) else said


def _kept(found: object, deep: int) -> object:
    """Without what no store can hold and no person reads: what lies too deep, and signs that are none."""
    if isinstance(found, str):
        return _storable(found)
    if isinstance(found, dict):
        return {_storable(name): _kept(held, deep - 1) for name, held in found.items()} if deep else ""
    if isinstance(found, list):
        return [_kept(held, deep - 1) for held in found] if deep else ""
    return found


def _storable(text: str) -> str:
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", NO_SIGN).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _wait(answer: Answer) -> float:
    """Seconds; a moment is told by the site's own clock, which need not be ours."""
    said = answer.heads.get("retry-after", "").strip()
    if said.isdecimal() and len(said) < 8:
        return min(max(float(said), 1.0), LONGEST_WAIT)
    then, now = _moment(said), _moment(answer.heads.get("date", "")) or datetime.now(UTC)
    return USUAL_WAIT if then is None else min(max((then - now).total_seconds(), 1.0), LONGEST_WAIT)


def _moment(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
