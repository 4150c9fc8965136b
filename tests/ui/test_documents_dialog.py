"""VT-106, VT-137: documents out of a file, looked at before they are taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from channergy_crm.records import SalesDocument
from tests.ui.gestures import part
from ui.shell.menu import Menu
from ui.transfer.documents_dialog import DocumentsDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""what is taken in is tested on both engines"""


def test_vt106_what_would_become_of_each_row_is_said_first(hands: Hands, tmp_path: Path) -> None:
    assert {"documents_in", "documents_out"} <= {command.name for command in hands.window.findChild(Menu).commands}
    path = tmp_path / "quotes.csv"
    path.write_text("Document #,Customer,Line Text,Price\n1,Acme,Candles,10.00\n2,Bolt,Ribbon,many\n", "utf-8")
    dialog = DocumentsDialog(hands.window.session, hands.window)
    dialog.show()
    take, told = part(dialog, "documents_in.take", QPushButton), dialog.told
    assert not take.isEnabled()
    dialog.show_file(path)
    hands.bot.waitUntil(lambda: "column Kind" in told.toPlainText())
    assert not take.isEnabled()
    dialog.kind.set_value("quote")
    dialog.look()
    hands.bot.waitUntil(lambda: take.isEnabled())
    assert "Row 3: Price" in told.toPlainText() and not SalesDocument.select().exists()
    take.click()
    hands.bot.waitUntil(lambda: SalesDocument.select().count() == 1)
