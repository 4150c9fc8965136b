"""How the CRM and a Viper site speak: plain JSON over HTTPS; the contract for whoever builds the site (VP-3…VP-58).

Everything here is said by the CRM and answered by the site, in HTTP/1.1 over a line that stays open for a round. What
either sends is one JSON object in UTF-8, with its `Content-Length` (the site's may be chunked), never compressed;
`Content-Type: application/json; charset=utf-8`. Paths come after the address the office has typed,
`https://viper.example.com/api` for example. Without encryption nothing is said except to the same computer. In an
answer null is the same as nothing said, and what the CRM does not know it passes over, so the site may add to it. Ids,
etags, cursors and keys are text that only whoever gave them reads: ids up to 120 signs, etags 200, cursors 400; a key
is 32 letters and figures.

**Signing in.** `POST /session` with `{"user": …, "password": …}` gives `{"token": …}`, which then stands in every
request: `Authorization: Bearer …`. User and password are those people type at the site itself (VP-1, VP-2). An office
may instead be given a token that lasts; then there is no user. A token that has run out is answered by 401 and the
CRM signs in once more; 401 after that, and 403, mean that it is not let in.

**Looking around.** `GET /status` gives `{"site": "8f41…", "name": "Demo", "time": "2026-11-23T09:00:00Z",
"companies": 3}`: which site it is (any text that stays when the address becomes another one, so that records are
never synced with a site whose numbers mean something else), who one is there, its clock, and how many companies there
are. `GET /users` gives `{"items": [{"id", "name", "kind": "user" | "office", "email"}]}`: whoever can own a record
there.

**Kinds.** `companies`, `contacts` and `programs`: the accounts, contacts and opportunities of the CRM. A record is
`{"id": "C17", "etag": "3", "values": {…}, "shown": {…}}`: `id` is given by the site and stays, `etag` is another one
whenever a value has changed and never empty. `values` are, by these names (`sync.fields.MAP` says what each is in the
CRM),

* of a company `name`, `phone`, `fax`, `other_phone`, `billing_address`, `billing_city`, `billing_state`,
  `billing_country`, `billing_postal_code`, `assigned_to`; it has a name and somebody it is assigned to;
* of a contact `first_name`, `last_name`, `email`, `mailing_address`, `mailing_city`, `mailing_state`,
  `mailing_country`, `mailing_postal_code`, `company_id`, `assigned_to`; it has a last name, an e-mail address that no
  other contact there has, whatever the case of its letters (VP-20), a company and somebody it is assigned to;
* of a program `name`, `company_id`, `sales_stage`, `preferred_arrival`, `preferred_departure`, `estimated_value`,
  `probability`, `lead_source`, `due_date`, `description`, `assigned_to`; it has a name, a company, a stage, both days
  of the stay, a probability and somebody it is assigned to.

Text is text, the stage too, a day "2026-11-30", an amount of money decimal text, "1250.00", percent a whole number;
null or an empty text is nothing; `assigned_to` is an id of `/users`, `company_id` an id of `/companies`. When it makes
a record the CRM names all of these that are not empty; later it changes names, phones and addresses alone, and never a
program. What is changed at the site comes back by the same names, of a program the stage and the probability. `shown`
is what people of the CRM only read: of a program `{"company_users": ["Kim Berg", …]}` (VP-10). Programs of no client,
samples and open ones, are made at the site and never told here (VP-12).

**What has changed.** `GET /companies?since=CURSOR&limit=200` gives `{"items": [record, …], "cursor": …, "more":
false}`. The records that were made, changed, deleted or merged after the cursor, each once and as it is now, the
earliest change first; at most `limit` of them, and `more` says whether others follow: then there is at least one, and
the cursor is another. Without `since`, everything. A cursor is the site's own: any text that stays good, told also
where nothing has changed; it tells an order of changes and not a time, so that no clock matters. A record that is
gone is told as `{"id": "C17", "deleted": true}`, one that was merged into another as `{"id": "C17", "merged_into":
"C4"}`, for as long as a cursor may be older. What the CRM itself has sent is told as well.

**Sending.** `POST /companies/batch` with `{"items": [item, …]}`, at most 200, gives `{"items": [outcome, …]}`, as many
and in the same order. An item is `{"idempotency_key", "id", "if_match", "values"}`. Each stands for a request of its
own by the usual conventions: where `id` is empty it makes a record (POST), else it changes the named values alone
(PATCH), provided that `if_match` is the record's present etag. The key is an Idempotency-Key: a site that has done an
item of this key does not do it again but gives the outcome it gave, for thirty days at least, and commits both
together. What was not done is not remembered. One item that cannot be keeps no other one back. An outcome is
`{"status", "id", "etag", "values", "message", "field"}`, of which what does not matter may be left out; `status` is

* `done`: 200, 201. With id, etag and the values as they now are there, however the site has put them.
* `conflict`: 409, 412. The etag is another one; with the present etag and values.
* `gone`: 404, 410. Deleted; or merged into the record `id`, where that is another one.
* `refused`: 422. It cannot be: `message` says why to a person, `field` where. A program that is there is refused:
  after it was made it is changed at the site alone (VP-46); so is an e-mail address that another contact has (VP-20).
* `retry`: 429, 503. Not done now.

**When it does not go.** For a whole request 429 and 503 mean that nothing was done; `Retry-After` says when to ask
again, in seconds or as a moment, which is read by the site's own `Date`: a minute where it is not said, an hour at
most. Every other 5xx, a line that is closed, half an answer and a page in HTML mean that nobody knows: the CRM sends
the same items under the same keys again. So does it after any other 4xx, whose `{"message": …}` is told to a person:
a site that works says 400 to what is not as described here and 404 to another path, and nothing else. Redirects are
not followed. An answer of more than 16 MB, also one that was packed (gzip), or that takes longer than its time (a
minute; 20 seconds for signing in), is none.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, Self
from urllib.parse import urlencode

from channergy_crm.language import _, ngettext
from channergy_crm.outgoing.line import Lost, NotSent
from channergy_crm.sync.viper import answers
from channergy_crm.sync.viper.answers import Busy, Nonsense, Outcome, Page, Refused, Theirs, User
from channergy_crm.sync.viper.line import OpenLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from channergy_crm.sync.viper.line import Answer
    from channergy_crm.sync.viper.place import Connection

__all__ = ["Busy", "Item", "Lost", "Nonsense", "NotSent", "Outcome", "Page", "Refused", "Site", "Theirs", "User"]

GET, POST = "GET", "POST"  # unsaid: names
MOST_ITEMS = 200
"""that go in one request, either way"""
Kind = Literal["companies", "contacts", "programs"]
SECONDS, SIGNING_IN = 60.0, 20.0
"""that one request may take, all in all; a batch has work to do"""
LONGEST_TOKEN = 8_000
MOST_PAGES = 20_000
"""of one kind that are read in one go: four million records"""
CLOSE_SECONDS = 90
"""between the two clocks: nobody need hear of it"""


class Item(NamedTuple):
    """A record that is to be there as this one says: new without `remote_id`, else changed if it still has `etag`.

    `values` holds what is to be set, by the name the site gives the field. Sent again under the same `request_key` it
    is done once.
    """

    request_key: str
    remote_id: str
    etag: str
    values: Mapping[str, object]


class Site:
    """The site during one round: one connection that is kept alive. Every method may raise the errors above.

    `secret` is the password of the user there, or a token where the connection names no user. `seconds` is what one
    request may take.
    """

    def __init__(self, connection: Connection, secret: str, seconds: float = SECONDS) -> None:
        self._user, self._secret, self._seconds = connection.user.strip(), secret, seconds
        self._host, self._line = connection.host, OpenLine(connection)
        self._token, self._said = "", dict[str, object]()
        self._asked = dict[str, set[str]]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is said or heard any more."""
        self._line.close()

    def test(self) -> str:
        """Sign in and look around; in a sentence what was found."""
        found = self._status()
        name, there, companies = found.get("name"), found.get("time"), found.get("companies")
        if not isinstance(name, str) or not isinstance(there, str) or not isinstance(companies, int):
            raise answers.nonsense(self._host)
        now, users = time.time(), len(self.users())
        sentence = _("Connected as {name}; {users}, {companies}; {clock}.")
        return sentence.format(
            name=name[:80],
            users=ngettext("{count:,} user", "{count:,} users", users).format(count=users),
            companies=ngettext("{count:,} company", "{count:,} companies", companies).format(count=companies),
            clock=_clocks(self._moment(there) - now),
        )

    def identity(self) -> str:
        """Which site it is, wherever it lies; "" where it does not say."""
        identity = self._status().get("site")
        return identity[:200] if isinstance(identity, str) else ""

    def companies(self) -> int:
        """How many companies are there."""
        found = self._status().get("companies")
        if not isinstance(found, int):
            raise answers.nonsense(self._host)
        return found

    def users(self) -> list[User]:
        """Who can own records there."""
        found = self._ask(GET, "/users")
        return [answers.user(each, self._host) for each in answers.entries(found, self._host)]

    def send(self, kind: Kind, items: Sequence[Item]) -> list[Outcome]:
        """Have these done, at most `MOST_ITEMS` of them; an outcome for each, in their order.

        After `NotSent`, `Busy` and `Refused` nothing was done; after `Lost` (and `Nonsense`) nobody knows: they are
        sent again under the same keys.
        """
        said = [
            {"idempotency_key": one.request_key, "id": one.remote_id, "if_match": one.etag, "values": dict(one.values)}
            for one in items
        ]
        found = answers.entries(self._ask(POST, f"/{kind}/batch", {"items": said}), self._host)
        if len(found) != len(items):
            raise answers.nonsense(self._host)
        return [self._plainly(answers.outcome(each, self._host)) for each in found]

    def changed_since(self, kind: Kind, cursor: str, limit: int = MOST_ITEMS) -> Page:
        """What has changed since; "" is from the beginning. `Nonsense` where the pages come to no end."""
        asked = {"limit": str(limit), **({"since": cursor} if cursor else {})}
        before = self._asked[kind] = self._asked.get(kind, set()) if cursor else set()
        before.add(cursor)
        if len(before) > MOST_PAGES:
            raise Nonsense(_("{where} does not come to an end; the rest is read later.").format(where=self._host))
        return answers.page(self._ask(GET, f"/{kind}?{urlencode(asked)}"), limit, before, self._host)

    def all(self, kind: Kind) -> Iterator[Theirs]:
        """Everything of a kind that is there, page by page; not what is gone."""
        cursor, more = "", True
        while more:
            page = self.changed_since(kind, cursor)
            yield from (each for each in page.items if not each.deleted and not each.merged_into)
            cursor, more = page.cursor, page.more

    # ---------------------------------------------------------------- one request

    def _status(self) -> dict[str, object]:
        """What it says of itself; asked once."""
        self._said = self._said or self._ask(GET, "/status")
        return self._said

    def _ask(self, method: str, path: str, contents: object = None) -> dict[str, object]:
        """What the site answers; one that has forgotten us is told once more who we are."""
        fresh = not self._token
        token = self._token = self._token or self._sign_in()
        answer = self._say(method, path, contents, token, self._seconds)
        if answer.status == 401 and not fresh and self._user:
            token = self._token = self._sign_in()
            answer = self._say(method, path, contents, token, self._seconds)
        if answer.status == 401:
            self._token = ""
        return answers.held(answer, self._host)

    def _sign_in(self) -> str:
        if not self._secret:
            raise Refused(_("The password of the site is not kept at this workstation."))
        if not self._user:
            return self._plain(self._secret)
        whom = {"user": self._user, "password": self._secret}
        found = answers.held(self._say(POST, "/session", whom, "", min(SIGNING_IN, self._seconds)), self._host)
        token = found.get("token")
        if not isinstance(token, str) or not token:
            raise answers.nonsense(self._host)
        return self._plain(token)

    def _plain(self, token: str) -> str:
        """A token stands in a line of its own: nothing that could begin another one."""
        if not token.isascii() or not token.isprintable() or " " in token or len(token) > LONGEST_TOKEN:
            raise Refused(_("A token holds letters, figures and signs without blanks; this one does not."))
        return token

    def _say(self, method: str, path: str, contents: object, token: str, seconds: float) -> Answer:
        body = None if contents is None else json.dumps(contents, ensure_ascii=False).encode()
        heads = {"Accept": "application/json", "User-Agent": "Channergy CRM"}  # unsaid: for servers
        if body is not None:
            heads["Content-Type"] = "application/json; charset=utf-8"  # unsaid: a name
        if token:
            heads["Authorization"] = f"Bearer {token}"  # unsaid: a name
        return self._without_secrets(self._line.ask(method, path, seconds, heads, body))

    def _without_secrets(self, answer: Answer) -> Answer:
        """What a site complains of may repeat what was said to it; people read that, and it is kept."""
        if answer.status < 400:
            return answer
        text = answer.text
        for each in self._secrets():
            text = text.replace(each.encode(), b"***")
        return answer._replace(text=text)

    def _plainly(self, outcome: Outcome) -> Outcome:
        """The same where it complains of one record."""
        said = outcome.said
        for each in self._secrets():
            said = said.replace(each, "***")
        return outcome._replace(said=said[: answers.LONGEST_SAID])

    def _secrets(self) -> list[str]:
        """What is never read by a person, however it is written."""
        return [each for each in (self._secret, json.dumps(self._secret)[1:-1], self._token) if each]

    def _moment(self, said: str) -> float:
        try:
            found = datetime.fromisoformat(said)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError) as error:
            raise answers.nonsense(self._host) from error


def _clocks(ahead: float) -> str:
    """How the clocks stand to each other; the sync goes by neither."""
    if abs(ahead) < CLOSE_SECONDS:
        return _("its clock is like this one")
    minutes = round(abs(ahead) / 60)
    said = (
        ngettext("its clock is {count:,} minute ahead", "its clock is {count:,} minutes ahead", minutes)
        if ahead > 0
        else ngettext("its clock is {count:,} minute behind", "its clock is {count:,} minutes behind", minutes)
    )
    return said.format(count=minutes)
