"""The people at a vendor: called with the usual key, written to with the usual command (VT-106)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _
from channergy_crm.records import VendorContact
from ui.pages.catalogue.parts import PartsGrid
from ui.screen import Command
from ui.screens import catalogue

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session


class ContactsOfVendor(PartsGrid):
    """Whom to talk to at the vendor that is open."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, catalogue.CONTACTS_OF_VENDOR, "vendor", parent, more=[DIAL, WRITE])

    def why_not(self, name: str) -> str | None:
        """None when somebody stands in the list who has a phone number, or an e-mail address; or why not."""
        if self.table.current() is None:
            return _("Choose a contact in the list first.")
        if self.reached_by(name):
            return None
        return _(MISSING[name])

    def reached_by(self, name: str) -> str:
        """The number or the address of whom the list stands on."""
        held = self.found(VendorContact, self.table.current())
        return str(getattr(held, name) or "") if held is not None else ""

    def dial(self) -> None:
        """Call them."""
        if number := self.reached_by("phone"):
            self.session.dial(number)

    def write(self) -> None:
        """Write to them in the mail program."""
        if address := self.reached_by("email"):
            self.session.write_email(address)


MISSING = {"phone": N_("This contact has no phone number."), "email": N_("This contact has no e-mail address.")}


def _dial(bar: Any) -> None:
    bar.parentWidget().dial()


def _write(bar: Any) -> None:
    bar.parentWidget().write()


DIAL = Command("dial", N_("Dial Phone"), _dial, "phone", "F9", lambda bar: bar.parentWidget().why_not("phone"),
               "labelled")  # fmt: skip
WRITE = Command("send_mail", N_("E-mail…"), _write, "email", "", lambda bar: bar.parentWidget().why_not("email"),
                "labelled")  # fmt: skip
