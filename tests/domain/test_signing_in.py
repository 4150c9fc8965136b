"""Signing in: passwords, failures, waits, lock-out, history, staying signed in (VT-10, VT-11, VT-58, VT-59, DP-14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, passwords, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Operator
from channergy_crm.records.sign_ins import Login, Password
from channergy_crm.services import groups, operators, signing_in
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

GOOD, BETTER = "four dry words here", "five quite other words"
NOT_TOGETHER = "This user name and password do not belong together."
START = datetime(2026, 11, 23, 9)


@pytest.fixture
def ann(office: Office) -> str:
    """An operator whose password an administrator has set."""
    operators.add("ANN", "Ann Lee", "ADMIN")
    signing_in.set_password("ANN", GOOD, "ADMIN")
    return "ANN"


def fail(name: str, times: int, start: datetime = START) -> list[str]:
    """What is said to so many wrong passwords, with time enough between them."""
    said = []
    for turn in range(times):
        with clock.fixed(start + timedelta(minutes=2 * turn)), pytest.raises(Refused) as refused:
            signing_in.sign_in(name, "wrong one", "DESK")
        said.append(refused.value.message)
    return said


@pytest.mark.parametrize("name", ["ANN", "ann", " Ann "])
def test_vt10_vt11_user_name_and_password_let_somebody_in(ann: str, name: str) -> None:
    assert signing_in.sign_in(name, GOOD, "DESK") == "ANN"
    latest = signing_in.history("ANN", "ANN")[0]
    assert (latest.user, latest.name, latest.what, latest.station) == ("ANN", "Ann Lee", "in", "DESK")


def test_nothing_says_which_of_the_two_was_wrong(ann: str) -> None:
    assert fail("ANN", 8) == fail("NOBODY", 8)


def test_whoever_fails_is_told_the_tries_left_and_locked_out_at_last(ann: str) -> None:
    said = fail("ANN", 8)
    assert said[:4] == [NOT_TOGETHER] * 4
    assert said[4:] == [
        f"{NOT_TOGETHER} 3 tries are left.",
        f"{NOT_TOGETHER} 2 tries are left.",
        f"{NOT_TOGETHER} 1 try is left.",
        f"{NOT_TOGETHER} That was the last try; an administrator can let you in again.",
    ]
    with pytest.raises(Refused, match="Too many wrong passwords"):
        signing_in.sign_in("ANN", GOOD)
    assert signing_in.locked_out("ADMIN") == {"ANN"}
    signing_in.unlock("ANN", "ADMIN")
    assert signing_in.sign_in("ANN", GOOD) == "ANN"


def test_the_wait_grows_with_every_failure_and_a_clock_set_back_keeps_nobody_out(ann: str) -> None:
    fail("ANN", 3)
    last = START + timedelta(minutes=4)
    with clock.fixed(last + timedelta(seconds=1)), pytest.raises(Refused, match="Wait 1 second, then try again"):
        signing_in.sign_in("ANN", GOOD)
    with clock.fixed(last + timedelta(seconds=2)), pytest.raises(Refused, match="belong together"):
        signing_in.sign_in("ANN", "wrong one")
    with clock.fixed(last + timedelta(seconds=3)), pytest.raises(Refused, match="Wait 3 seconds"):
        signing_in.sign_in("ANN", GOOD)
    with clock.fixed(last - timedelta(days=3)):
        assert signing_in.sign_in("ANN", GOOD) == "ANN"


def test_what_a_stranger_typed_is_nowhere_kept(ann: str, office: Office) -> None:
    fail("my secret password", 1)
    rows = list(Login.select().dicts())
    assert "secret" not in str(rows) and str(rows[-1]["user"]).startswith("?")


def test_a_password_is_kept_as_argon2id_and_nowhere_else(ann: str, office: Office) -> None:
    held = Password.get(Password.operator == "ANN")
    assert str(held.held).startswith("$argon2id$") and GOOD not in str(held.held)
    for table in (work.UnitRow, work.ChangeRow, Login):
        rows = str(list(table.select().tuples()))
        assert GOOD not in rows and "argon2" not in rows


def test_vt49_whoever_is_retired_or_a_group_or_has_no_password_does_not_get_in(ann: str) -> None:
    groups.create("NORTH", "North", "ADMIN")
    for name in ("NORTH", "ADMIN"):
        with pytest.raises(Refused, match="belong together"):
            signing_in.sign_in(name, "")
    held = Operator.find("ANN")
    assert held is not None
    held.active = False
    operators.save(held, "ADMIN")
    with pytest.raises(Refused, match="belong together"):
        signing_in.sign_in("ANN", GOOD)


def test_vt59_everybody_changes_the_own_password(ann: str) -> None:
    assert signing_in.must_change("ANN")
    for old, new, said in (
        ("other", BETTER, "not your password of now"),
        (GOOD, GOOD, "another one than before"),
        (GOOD, "short", "at least 10"),
        (GOOD, "ann lee ann lee", "own name"),
        (GOOD, "Password123!", "first that are guessed"),
        (GOOD, "aaaaaaaaaaaaaa", "same few characters"),
        (GOOD, "x" * 300, "at most 200"),
    ):
        with pytest.raises(Mistake, match=said):
            signing_in.change(old, new, "ANN")
    signing_in.change(GOOD, BETTER, "ANN")
    assert not signing_in.must_change("ANN")
    assert signing_in.sign_in("ANN", BETTER) == "ANN"


def test_only_an_administrator_sees_everybodys_sign_ins(ann: str) -> None:
    from channergy_crm.services import roles
    from tests.domain.secured import Secured

    signing_in.sign_in("ANN", GOOD)
    operators.remove("ANN", "ADMIN")
    secured = Secured()
    assert secured.role and roles.every("ANN")
    assert signing_in.history("ANN", "ANN") is not None
    assert any(entry.what == "password" for entry in signing_in.history("ADMIN"))
    with pytest.raises(Refused, match="Only an administrator"):
        signing_in.history("ANN")


def test_staying_signed_in_ends_with_time_with_a_new_password_and_by_signing_out(ann: str) -> None:
    signing_in.change(GOOD, BETTER, "ANN")
    with clock.fixed(START):
        token = signing_in.stay("ANN", "DESK")
        assert signing_in.still_in(token, "DESK") == "ANN"
        assert (signing_in.still_in(token, "OTHER"), signing_in.still_in("", "DESK")) == ("", "")
        assert signing_in.still_in(token + "x", "DESK") == ""
    with clock.fixed(START + timedelta(days=31)):
        assert signing_in.still_in(token, "DESK") == ""
    with clock.fixed(START):
        signing_in.sign_out("ANN", "DESK")
        assert signing_in.still_in(token, "DESK") == ""
        token = signing_in.stay("ANN", "DESK")
        signing_in.set_password("ANN", GOOD, "ADMIN")
        assert signing_in.still_in(token, "DESK") == ""


def test_a_password_made_up_is_good_and_never_the_same() -> None:
    several = {passwords.made_up() for _turn in range(50)}
    assert len(several) == 50
    assert not any(passwords.problem(each, "ANN", "Ann Lee") for each in several)


def test_a_broken_or_weaker_password_is_noticed(ann: str) -> None:
    from argon2 import PasswordHasher

    assert not passwords.matches("nonsense", GOOD)
    weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=2).hash(GOOD)
    with work.unit("Weaken", by=Program.ITSELF):
        Password.update(held=weak).where(Password.operator == "ANN").execute()
    assert signing_in.sign_in("ANN", GOOD) == "ANN"
    assert Password.get(Password.operator == "ANN").held != weak


def test_the_command_line_proves_who_it_is_only_while_security_is_on(ann: str) -> None:
    from tests.domain.secured import switch_on

    signing_in.require_proof("ANN", None)
    switch_on()
    signing_in.require_proof(Program.COMMAND_LINE, None)
    signing_in.require_proof("ANN", GOOD)
    with pytest.raises(Refused, match="CHANNERGY_CRM_PASSWORD"):
        signing_in.require_proof("ANN", None)
    with pytest.raises(Refused, match="belong together"):
        signing_in.require_proof("ANN", "wrong one")
