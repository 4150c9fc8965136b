"""What a round of the sync has done, counted, and in sentences."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from channergy_crm.language import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

COUNTED = ("made", "sent", "taken", "strangers", "gone", "merged")
PLAIN = ("held", "refused", "later", "conflicts", "unsent")


@dataclass
class Tally:
    """How many records, by kind (companies, contacts, programs): made there, changed there, changed here, and so on.

    `strangers` are made there and not here: clients are made here first (VP-11, VP-12). `later` are tried again after a
    while, `unsent` are contacts whose e-mail address was changed after it went there (K12). `waits` is when the site
    may be asked again, where it has said that it takes nothing just now.
    """

    made: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    merged: Counter[str] = field(default_factory=Counter)
    held: int = 0
    refused: int = 0
    later: int = 0
    conflicts: int = 0
    unsent: int = 0
    stages: list[str] = field(default_factory=list)
    waits: datetime | None = None
    rehearsed: bool = False
    """nothing was done: it is only said what would be"""

    def said(self) -> str:
        """All of it in a line; that nothing has changed where nothing was done."""
        return " ".join([*self._done(), *self._there(), *self._open()]) or _("Nothing has changed, here or there.")

    def _done(self) -> list[str]:
        made, sent, taken = self.made.total(), self.sent.total(), self.taken.total()
        if self.rehearsed:
            return _said(
                (ngettext("{count:,} record would be made in Viper.", "{count:,} records would be made in Viper.", made),
                 made),
                (ngettext("{count:,} record would be sent again, as far as it says something else.",
                          "{count:,} records would be sent again, as far as they say something else.", sent), sent),
                (ngettext("{count:,} record has changed in Viper.", "{count:,} records have changed in Viper.", taken),
                 taken),
            )  # fmt: skip
        return _said(
            (ngettext("{count:,} record was made in Viper.", "{count:,} records were made in Viper.", made), made),
            (ngettext("{count:,} record was changed in Viper.", "{count:,} records were changed in Viper.", sent), sent),
            (ngettext("{count:,} record was changed here.", "{count:,} records were changed here.", taken), taken),
        )

    def _there(self) -> list[str]:
        programs, others = self.strangers["programs"], self.strangers.total() - self.strangers["programs"]
        found = _said(
            (ngettext("{count:,} program of Viper has no client here.", "{count:,} programs of Viper have no client here.",
                      programs), programs),
            (ngettext("{count:,} client of Viper is not known here.", "{count:,} clients of Viper are not known here.",
                      others), others),
            (ngettext("{count:,} record was deleted in Viper.", "{count:,} records were deleted in Viper.",
                      self.gone.total()), self.gone.total()),
            (ngettext("{count:,} record was merged in Viper.", "{count:,} records were merged in Viper.",
                      self.merged.total()), self.merged.total()),
        )  # fmt: skip
        if self.stages:
            said = _("New in the list Stage, for Viper has it: {stages}.")
            found.append(said.format(stages=", ".join(self.stages)))
        return found

    def _open(self) -> list[str]:
        found = _said(
            (ngettext("{count:,} field was changed on both sides or cannot stand here.",
                      "{count:,} fields were changed on both sides or cannot stand here.", self.conflicts), self.conflicts),
            (ngettext("{count:,} record lacks something and was not sent.",
                      "{count:,} records lack something and were not sent.", self.held), self.held),
            (ngettext("Viper refused {count:,} record.", "Viper refused {count:,} records.", self.refused), self.refused),
            (ngettext("{count:,} record is tried again later.", "{count:,} records are tried again later.", self.later),
             self.later),
            (ngettext("The new e-mail address of {count:,} contact is not sent.",
                      "The new e-mail addresses of {count:,} contacts are not sent.", self.unsent), self.unsent),
        )  # fmt: skip
        if self.waits is not None:
            found.append(_("Viper takes nothing before {moment:%H:%M}.").format(moment=self.waits))
        return found

    def copied(self) -> dict[str, Any]:
        """How it stands now, to come back to it where nothing was written after all."""
        return deepcopy(vars(self))

    def back_to(self, before: dict[str, Any]) -> None:
        """Nothing of what was counted since was done."""
        vars(self).update(before)

    def kept(self) -> dict[str, object]:
        """The counts as they are kept for whoever looks later."""
        kinds = {name: {kind: count for kind, count in getattr(self, name).items() if count} for name in COUNTED}
        return {**{name: getattr(self, name) for name in PLAIN}, **kinds, "stages": self.stages}


def _said(*counted: tuple[str, int]) -> list[str]:
    return [sentence.format(count=count) for sentence, count in counted if count]
