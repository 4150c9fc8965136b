"""The topic Documents on paper of Settings, and what is found of it by a search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.settings import PAPER, PAPER_CLOSING, PAPER_FILE, PAPER_OPENING
from ui.areas import Part, Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.shell.menu import Menu


def topic(menu: Menu) -> Topic:
    """The letterhead, the bank, the texts of documents and the names of their files."""
    words = _("letterhead logo invoice quote PDF print bank footer QR code e-invoice Factur-X ZUGFeRD text template")
    parts = [
        Part("paper.logo", _("Logo"), words),
        *(Part(f"paper.{one.name.rpartition('.')[2]}", one.label, words)
          for one in (*PAPER, PAPER_OPENING, PAPER_CLOSING, PAPER_FILE)),
    ]  # fmt: skip
    return Topic("paper", _("Documents on paper"), "print", partial(_build, menu), parts)


def _build(menu: Menu, parent: QWidget) -> QWidget:
    from ui.paper.sales.sample import Sample
    from ui.setup.paper.page import PaperPage

    return PaperPage(menu.chosen, partial(Sample, menu.session), parent)
