"""What several files of these tests stand on, beside an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from channergy_crm.store.database import Office
    from tests.domain.sms_gateway import SmsServer
    from tests.domain.two_sides import TwoSides


@pytest.fixture
def server() -> Iterator[SmsServer]:
    """A gateway for SMS that takes everything."""
    from tests.domain.sms_gateway import SmsServer

    end = SmsServer()
    yield end
    end.stop()


@pytest.fixture
def gateway(office: Office, fixed_clock: datetime, server: SmsServer) -> SmsServer:
    """The same, and the office sends by it."""
    from tests.domain.sms_gateway import arrange

    arrange(server)
    return server


@pytest.fixture
def both(office: Office, fixed_clock: datetime, tmp_path: Path) -> Iterator[TwoSides]:
    """The office, the sync switched on, and a Viper site beside it."""
    from tests.domain.two_sides import TwoSides

    sides = TwoSides(tmp_path / "site")
    yield sides
    sides.stop()
