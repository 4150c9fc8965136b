"""What a round of the sync has done, counted, and in sentences."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from channergy_crm.language import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

COUNTED = ("made", "sent", "taken", "strangers", "gone", "merged")
PLAIN = ("held", "refused", "later", "conflicts", "unsent", "unlisted")


@dataclass
class Tally:
    """How many records, by kind (companies, contacts, programs): made there, changed there, changed here, and so on.

    `strangers` are made there and not here: clients are made here first (VP-11, VP-12). `later` are tried again after a
    while, `unsent` are contacts whose e-mail address was changed after it went there (K12). `unlisted` are programs
    in a stage that is not known here and did not join the list. `waits` is when the site may be asked again, where it
    has said that it takes nothing just now.
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
    unlisted: int = 0
    stages: list[str] = field(default_factory=list)
    waits: datetime | None = None
    rehearsed: bool = False
    """nothing was done: it is only said what would be"""

    def said(self) -> str:
        """All of it in a line; that nothing has changed where nothing was done."""
        return " ".join([*(self._would() if self.rehearsed else self._done()), *self._there(), *self._open()]) or _(
            "Nothing has changed, here or there."
        )

    def _done(self) -> list[str]:
        made, sent, taken = self.made.total(), self.sent.total(), self.taken.total()
        return [
            *_of(made, ngettext("{count:,} record was made in Viper.", "{count:,} records were made in Viper.", made)),
            *_of(
                sent,
                ngettext("{count:,} record was changed in Viper.", "{count:,} records were changed in Viper.", sent),
            ),
            *_of(taken, ngettext("{count:,} record was changed here.", "{count:,} records were changed here.", taken)),
        ]

    def _would(self) -> list[str]:
        made, sent, taken = self.made.total(), self.sent.total(), self.taken.total()
        return [
            *_of(
                made,
                ngettext("{count:,} record would be made in Viper.", "{count:,} records would be made in Viper.", made),
            ),
            *_of(
                sent,
                ngettext(
                    "{count:,} record would be sent, as far as it says something new.",
                    "{count:,} records would be sent, as far as they say something new.",
                    sent,
                ),
            ),
            *_of(
                taken,
                ngettext("{count:,} record has changed in Viper.", "{count:,} records have changed in Viper.", taken),
            ),
        ]

    def _there(self) -> list[str]:
        programs, gone, merged = self.strangers["programs"], self.gone.total(), self.merged.total()
        others = self.strangers.total() - programs
        found = [
            *_of(
                programs,
                ngettext(
                    "{count:,} program of Viper is no opportunity of ours.",
                    "{count:,} programs of Viper are no opportunities of ours.",
                    programs,
                ),
            ),
            *_of(
                others,
                ngettext(
                    "{count:,} client of Viper is not known here.",
                    "{count:,} clients of Viper are not known here.",
                    others,
                ),
            ),
            *_of(
                gone,
                ngettext("{count:,} record was deleted in Viper.", "{count:,} records were deleted in Viper.", gone),
            ),
            *_of(
                merged,
                ngettext("{count:,} record was merged in Viper.", "{count:,} records were merged in Viper.", merged),
            ),
        ]
        if self.stages:
            said = _("New in the list Stage, for Viper has it: {stages}.")
            found.append(said.format(stages=", ".join(self.stages)))
        unlisted = ngettext(
            "{count:,} program has a stage that is not known here and was not added; its stage here stays.",
            "{count:,} programs have stages that are not known here and were not added; their stages here stay.",
            self.unlisted,
        )
        found += _of(self.unlisted, unlisted)
        return found

    def _open(self) -> list[str]:
        found = [
            *_of(
                self.conflicts,
                ngettext(
                    "{count:,} field was changed on both sides or cannot stand here.",
                    "{count:,} fields were changed on both sides or cannot stand here.",
                    self.conflicts,
                ),
            ),
            *_of(
                self.held,
                ngettext(
                    "{count:,} record lacks something and is not sent.",
                    "{count:,} records lack something and are not sent.",
                    self.held,
                ),
            ),
            *_of(
                self.refused,
                ngettext("Viper refused {count:,} record.", "Viper refused {count:,} records.", self.refused),
            ),
            *_of(
                self.later,
                ngettext(
                    "{count:,} record is tried again later.", "{count:,} records are tried again later.", self.later
                ),
            ),
            *_of(
                self.unsent,
                ngettext(
                    "The new e-mail address of {count:,} contact is not sent.",
                    "The new e-mail addresses of {count:,} contacts are not sent.",
                    self.unsent,
                ),
            ),
        ]
        if self.waits is not None:
            found.append(_("Viper takes nothing before {moment:%H:%M}.").format(moment=self.waits))
        return found

    def copied(self) -> dict[str, object]:
        """How it stands now, to come back to it where nothing was written after all."""
        return deepcopy(vars(self))

    def back_to(self, before: dict[str, object]) -> None:
        """Nothing of what was counted since was done."""
        vars(self).update(before)

    def kept(self) -> dict[str, object]:
        """The counts as they are kept for whoever looks later."""
        kinds = {name: {kind: count for kind, count in getattr(self, name).items() if count} for name in COUNTED}
        return {**{name: getattr(self, name) for name in PLAIN}, **kinds, "stages": self.stages}


def _of(count: int, sentence: str) -> list[str]:
    return [sentence.format(count=count)] if count else []
