"""A real call: the command line bridge drives a softphone, and what it called is read from the INVITE (BX-38)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm import dialing
from channergy_crm.dialing.command_line import CommandLine
from tests.domain import sip

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sip.MISSING, reason="needs baresip (baresip-core) and sipp (sip-tester)")
def test_bx38_a_softphone_calls_exactly_these_digits_and_hangs_up(tmp_path: Path) -> None:
    with sip.Softphone(tmp_path) as phone:
        bridge = CommandLine(phone.dials, phone.hangs_up)
        dialed = dialing.dial("(650) 253-0000", region="US", bridge=bridge)
        assert dialed.sent, dialed.message
        sip.wait_until(lambda: phone.heard("ACK"))
        assert phone.called() == ["+16502530000"]
        assert not phone.heard("BYE")
        assert dialing.hang_up(bridge, dialed) == "Hung up."
        sip.wait_until(lambda: phone.heard("BYE"))
