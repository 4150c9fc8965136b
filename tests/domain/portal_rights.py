"""Which rights the Customer Portal needs: who comes there is no operator, and gets what is theirs alone (VT-177)."""

from __future__ import annotations

from typing import Any

from channergy_crm.records import Contact, Ticket

PURE = {
    "services.portal.access": "is_address command",
    "services.portal.entering": "hashed",
    "services.portal.asking": "text with_words named",
}
PARTS = {"services.portal.asking": "tell", "services.portal.sending": "keep"}
OFFICE = {"services.portal.entering": "mails", "services.portal.asking": "owner",
          "services.portal.sending": "fitting largest"}  # fmt: skip
NEEDS = (
    " portal.entering.ask portal.entering.offer portal.entering.is_good portal.entering.enter portal.entering.visitor"
    " portal.bounds.take portal.bounds.wait portal.bounds.forget portal.entering.leave"
    " portal.entering.tidy portal.access.count portal.access.those "
)
"""a part of the program asks for them; a visitor comes to nothing but what their `Visitor` gives"""
ARGUMENTS: dict[str, Any] = {
    "services.portal.asking.owner.contact": Contact(customer=1),
    "services.portal.asking.tell.ticket": Ticket(title="A lid"),
    "services.portal.sending.keep.ticket": Ticket(title="A lid"),
    "services.portal.entering.ask.typed": "ann@acme.example",
    "services.portal.entering.ask.say": str,
    "services.portal.asking.text.typed": "Hello",
    "services.portal.asking.with_words.typed": "lid",
    "services.portal.asking.named.typed": "lid",
}
USUAL: dict[str, Any] = {
    "most": 5,
    "seconds": 60,
    "now": 0.0,
    "files": [],
    "base": "http://127.0.0.1:1",
    "words_said": "x",
}
