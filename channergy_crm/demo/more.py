"""What the sample office knows of its contacts beside their numbers: images, whom they report to, wishes, notes."""
# unsaid file: sample data

from __future__ import annotations

import struct
import zlib

from channergy_crm.records import Account, Contact
from channergy_crm.services import contact_images, notes

SIDE, PICTURED, COLLEAGUES = 96, 12, 6
GROUNDS = ((28, 92, 200), (26, 107, 56), (130, 80, 0), (120, 62, 150), (20, 120, 130), (160, 60, 60))
SKINS = ((244, 214, 190), (214, 168, 132), (150, 104, 76), (98, 66, 48))
ASSISTANTS = ("Nell", "Otis", "Pia", "Rory", "Saskia", "Theo")
NOTES = (
    "Decides alone up to 5,000; above that it goes to the board.",
    "**Prefers Tuesdays** before eleven. Speaks German as well.",
    "Knows us from the fair; asked for a reference nearby.",
)


def add_people(by: str) -> None:
    """Images of some contacts, people who report to others, references, and notes."""
    contacts = list(Contact.select().order_by(Contact.number).limit(PICTURED))
    for place, contact in enumerate(contacts):
        contact_images.take(contact.number, _face(place), by, name=f"{contact.first_name or 'Image'}.png")
        contact.reference = place % 4 == 0
        contact.email_opt_out = place % 5 == 1
        contact.save()
        if place % 4 == 2:
            notes.add(Contact, contact.number, NOTES[place % len(NOTES)], by, pinned=place == 2)
    for place, contact in enumerate(contacts[:COLLEAGUES]):
        account = Account.select().where(Account.customer == contact.customer).first()
        if account is not None:
            Contact.create(
                customer=contact.customer, first_name=ASSISTANTS[place], last_name=contact.last_name,
                title="Assistant", phone=contact.phone, reports_to=contact.number,
                email=f"{ASSISTANTS[place].lower()}@{(contact.email or '').rpartition('@')[2] or 'office.example'}",
            )  # fmt: skip


def _face(turn: int) -> bytes:
    """A small picture of somebody nobody is: head and shoulders on a plain ground, as a PNG file."""
    ground, skin = GROUNDS[turn % len(GROUNDS)], SKINS[turn % len(SKINS)]
    coat = tuple(part // 2 for part in GROUNDS[(turn + 2) % len(GROUNDS)])
    hair = ((40, 30, 25), (150, 100, 50), (90, 90, 95))[turn % 3]
    rows = []
    for y in range(SIDE):
        line = bytearray(b"\0")
        for x in range(SIDE):
            line += bytes(_colour(x - SIDE / 2, y, ground, skin, coat, hair))
        rows.append(bytes(line))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    )


def _colour(x: float, y: float, ground: object, skin: object, coat: object, hair: object) -> tuple[int, int, int]:
    found = ground
    if (x / 34) ** 2 + ((y - 98) / 34) ** 2 < 1:
        found = coat
    if (x / 21) ** 2 + ((y - 38) / 24) ** 2 < 1:
        found = hair
    if (x / 17) ** 2 + ((y - 43) / 20) ** 2 < 1:
        found = skin
    return found  # type: ignore[return-value]
