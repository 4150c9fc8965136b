"""The window syncs with the Viper site by itself, and what comes from there is seen at once (VP-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.jobs import viper
from channergy_crm.records.sync import SyncLink
from channergy_crm.sync import connection
from channergy_crm.sync.sandbox.server import PASSWORD
from tests.domain.two_sides import ADMIN, TwoSides, account, now
from ui.shell.syncing import Syncing

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.work import Done
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")


def test_vp3_the_window_syncs_beside_what_people_do_and_tells_open_lists(hands: Hands, tmp_path: Path) -> None:
    both = TwoSides(tmp_path / "site")
    try:
        connection.keep(both.connection(), PASSWORD, ADMIN)
        firm = account()
        both.sync()
        both.change(firm, phone="212 555 0134")
        heard: list[Done] = []
        hands.window.session.done.connect(heard.append)
        syncing = hands.window.session.findChild(Syncing)
        assert isinstance(syncing, Syncing)
        syncing.start()
        hands.bot.waitUntil(lambda: any(each.by == "Viper" for each in heard))
        assert now(firm).phone == "212 555 0134" and SyncLink.select().count() == 1
        office = hands.window.session.office
        hands.bot.waitUntil(lambda: viper.now(office, lambda *_far: None) is not None)  # *Sync now*, between two looks
        syncing.stop()
    finally:
        both.stop()
