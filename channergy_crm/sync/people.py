"""Who stands for whom: an operator or a group of this office, a user or an office of the Viper site (VP-10, VP-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.sync import SyncPerson
from channergy_crm.services import operators, rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.sync import connection, outbox
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.sync.viper.wire import User

ADMIN = "ADMIN"
"""what is his does not go to the site (VP-14)"""


class Person(NamedTuple):
    """An operator or a group that can own records here, and who stands for them there ("" nobody)."""

    owner: str
    name: str
    group: bool
    remote: str = ""
    remote_name: str = ""


def people(by: str) -> list[Person]:
    """Everybody who can own a record here, ADMIN excepted, with who stands for them there."""
    rights.require(by, "administer")
    there = {row.owner: row for row in SyncPerson.select()}
    return [
        Person(each.id, each.name, bool(each.group), *((row.remote, row.name) if (row := there.get(each.id)) else ()))
        for each in operators.owners(by)
        if each.id.casefold() != ADMIN.casefold()
    ]


def keep_person(owner: str, remote: str, by: str, name: str = "") -> None:
    """Have a user or office there stand for an owner here; "" for nobody. Nobody there stands for two here. What has
    waited for that goes soon (`rounds.is_due`).
    """
    rights.require(by, "administer")
    if owner.casefold() == ADMIN.casefold():
        raise Mistake(_("What {owner} owns is never sent to Viper.").format(owner=ADMIN), "owner")
    taken = SyncPerson.select(SyncPerson.owner).where((SyncPerson.remote == remote) & (SyncPerson.owner != owner))
    if remote and (other := taken.scalar()):
        said = _("{name} stands for {owner} already.")
        raise Mistake(said.format(name=name or remote, owner=other), "remote")
    with database.writing(), translated(), database.proxy.atomic():
        SyncPerson.delete().where(SyncPerson.owner == owner).execute()
        if remote:
            SyncPerson.insert(owner=owner, remote=remote, name=name[:200]).execute()
            outbox.person_known()


def there(by: str) -> list[User]:
    """Who works at the site of the office, asked now; it may take its time."""
    rights.require(by, "administer")
    with connection.site() as site:
        return site.users()


def propose_people(users: Sequence[User], by: str) -> dict[str, User]:
    """Who could stand for whom, by the same e-mail address or name, for those nobody stands for yet.

    An address or name that two have proposes nobody.
    """
    rights.require(by, "administer")
    here = people(by)
    taken = {each.remote for each in here if each.remote}
    mails = {row.operator: row.email or "" for row in Preferences.select(Preferences.operator, Preferences.email)}
    free = [user for user in users if user.id not in taken]
    open_here = [each for each in here if not each.remote]
    found: dict[str, User] = {}
    for ours, theirs in (
        ({each.owner: mails.get(each.owner, "") for each in open_here}, {user.id: user.email for user in free}),
        ({each.owner: each.name for each in open_here}, {user.id: user.name for user in free}),
    ):
        by_id = {user.id: user for user in free}
        for owner, remote in _pairs(ours, theirs).items():
            if owner not in found and by_id[remote] not in found.values():
                found[owner] = by_id[remote]
    return found


def _pairs(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Those who are called the same, where it is one on each side."""
    here, there = _by_word(ours), _by_word(theirs)
    return {here[word][0]: there[word][0] for word in here if len(here[word]) == 1 and len(there.get(word, ())) == 1}


def _by_word(held: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, word in held.items():
        if folded := fold(word.strip()):
            found.setdefault(folded, []).append(id)
    return found
