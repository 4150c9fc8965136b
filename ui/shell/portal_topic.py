"""The topic Customer Portal of Settings, and what is found of it by a search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.settings import PORTAL_ADDRESS, PORTAL_WHOLE_ACCOUNT
from ui.areas import Part, Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.shell.menu import Menu


def topic(menu: Menu) -> Topic:
    """Where customers reach it, and what they see there."""
    words = {PORTAL_ADDRESS: _("web site help desk tickets link customers"), PORTAL_WHOLE_ACCOUNT: _("colleagues")}
    parts = [Part(f"settings.portal.{one.name.rpartition('.')[2]}", one.label, said) for one, said in words.items()]
    return Topic("portal", _("Customer Portal"), "help", partial(_build, menu), parts)


def _build(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.portal_topic import PortalTopic

    return PortalTopic(menu.chosen, parent)
