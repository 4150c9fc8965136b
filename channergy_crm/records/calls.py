"""What the results of calls mean: for each call code its digit, the status it brings and when to try again (BX-2)."""

from __future__ import annotations

from enum import StrEnum

from channergy_crm import work
from channergy_crm.fields import Flag, Lookup, Number, OneOf, RecordNumber
from channergy_crm.language import N_, quoted
from channergy_crm.records.lookups import describe
from channergy_crm.store import database
from channergy_crm.work.about import ADMINISTRATORS, About
from channergy_crm.work.record import Record


class Meaning(StrEnum):
    """What a result says to the program, whatever the office calls it."""

    NO_ANSWER = N_("no answer")
    REACHED = N_("reached")
    CALL_BACK = N_("call back")
    WRONG_NUMBER = N_("wrong number")
    REFUSED = N_("refused")
    WON = N_("won")
    DO_NOT_CALL = N_("do not call")


KNOWN = frozenset(meaning.value for meaning in Meaning)
ENDING = frozenset({Meaning.WRONG_NUMBER, Meaning.REFUSED, Meaning.WON, Meaning.DO_NOT_CALL})
"""after these nobody calls again"""
SPOKEN = frozenset({Meaning.REACHED, Meaning.CALL_BACK, Meaning.REFUSED, Meaning.WON, Meaning.DO_NOT_CALL})
"""after these somebody was reached"""


class CallRule(Record):
    """What one call code means and what follows from it. Digit 0 stands under “other”."""

    number = RecordNumber("Rule #", column_name="RuleNo")
    code = Lookup("Call Code", column_name="CallCode", table="CRMLeads", required=True, unique=True, limit=120,
                  tells=True)  # fmt: skip
    digit = Number("Digit", column_name="Digit", most=9, width=6)
    meaning = OneOf("Means", column_name="Meaning", words={each.value: each.value for each in Meaning}, required=True,
                    unknown=N_("“{text}” means nothing here; choose one of: {words}."))  # fmt: skip
    status = Lookup("Call Status", column_name="CallStatus", table="CRMLeads", limit=120)
    delay = Number("Next try after (min)", column_name="DelayMinutes", most=525_600)
    most_tries = Number("Most tries", column_name="MostTries", least=1, most=99)
    exhausted = Lookup("Then Call Status", column_name="ExhaustedStatus", table="CRMLeads", of="CallStatus", limit=120)
    other_part = Flag("Another part of the day", column_name="IsOtherPartOfDay")
    weekdays = Flag("On working days", column_name="IsOnWorkingDays")
    next_number = Flag("Then their next number", column_name="IsNextNumber")
    sort = Number("Sort number", column_name="SortNo", least=-1_000_000)

    singular = "Result of a call"
    plural = "Results of calls"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMRetryRules"

    def caption(self) -> str:
        return quoted(describe(type(self).kind("code"), self.code))


_held: list[CallRule] = []


def rules() -> list[CallRule]:
    """The rules of the office as they are now, in their order; read, not to be changed."""
    if not _held:
        _held.extend(sorted(CallRule.select(), key=lambda rule: (rule.sort is None, rule.sort or 0, rule.number)))
    return list(_held)


def meaning_of(code: str) -> Meaning | None:
    """What a code means; None where the office has not said so."""
    return next((Meaning(rule.meaning) for rule in rules() if rule.code == code and rule.meaning in KNOWN), None)


def forget() -> None:
    """Read the rules afresh: another office was opened, or somebody changed them."""
    _held.clear()


def _changed(done: work.Done) -> None:
    if CallRule._meta.table_name in done.tables:
        forget()


work.listen(_changed)
database.when_made.append(forget)
database.when_opened.append(forget)
