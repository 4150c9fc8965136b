"""Visiting cards as telephones and address books write them: nobody is lost, nothing vanishes without a word (F-30)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from channergy_crm.transfer.exporting.vcard import card
from channergy_crm.transfer.reading.cards import cards_in, open_cards

if TYPE_CHECKING:
    from pathlib import Path

PIA = "BEGIN:VCARD\nVERSION:3.0\nN:Holm;Pia;;;\nTEL:512-555-0192\n"
KAI = "BEGIN:VCARD\nVERSION:3.0\nN:Orth;Kai;;;\nTEL:512-555-0193\n"
END = "END:VCARD\n"


def one(*lines: str, version: str = "3.0") -> dict[str, str]:
    """What a card with these lines says, without what is empty."""
    (values,) = cards_in("\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]))
    return {title: text for title, text in values.items() if text}


def told(path: Path, text: str) -> dict[str, tuple[int, int, str]]:
    """What of a file goes into no record: how often, where first, and the first of it."""
    path.write_bytes(text.encode())
    cards = open_cards(path)
    for row in cards.rows():
        for what, said in row.beside:
            cards.losses.tell(what, row.number, said)
    return {loss.what: (loss.times, loss.row, loss.text) for loss in cards.losses}


@pytest.mark.parametrize("text", [PIA + KAI + END, PIA + END + KAI, PIA + KAI, (PIA + END + KAI + END)])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_f30_a_missing_end_and_any_line_end_cost_nobody(text: str, end: str) -> None:
    found = cards_in(text.replace("\n", end))
    assert [(each["First Name"], each["Phone"]) for each in found] == [("Pia", "512-555-0192"), ("Kai", "512-555-0193")]


def test_f30_a_card_cut_off_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "a.vcf", PIA + END + KAI) == {"Cards without an end": (1, 2, "")}


@pytest.mark.parametrize(
    "agent", [f"AGENT:\n{KAI}{END}", f"AGENT:{KAI}{END}", "AGENT:" + f"{KAI}{END}".strip().replace("\n", "\\n") + "\n"]
)
def test_f30_an_agent_is_somebody_too(agent: str) -> None:
    found = cards_in(PIA + agent + "ORG:Holm Oy\n" + END)
    assert [(each["First Name"], each["Company"]) for each in found] == [("Pia", "Holm Oy"), ("Kai", "")]


def test_f30_what_has_no_field_is_told(tmp_path: Path) -> None:
    more = (
        "NICKNAME:Pip\nBDAY:1980-02-29\nCATEGORIES:VIP,Fair\nORG:Holm Oy;Buying;North\nURL:www.a.example\n"
        "URL:www.b.example\nIMPP:skype:pia\nX-SOCIALPROFILE:https://s.example/pia\nANNIVERSARY:2001-01-01\n"
        "item1.X-ABRELATEDNAMES:Mira\nitem1.X-ABLabel:Assistant\nPHOTO;ENCODING=b:/9j/4AAQ\n AAAA\nUID:1\n"
    )
    found = told(tmp_path / "a.vcf", PIA.replace(";;;", ";;Dr.;Jr.") + more + END)
    assert {what: text for what, (_times, _row, text) in found.items()} == {
        "Name prefixes": "Dr.", "Name suffixes": "Jr.", "Departments": "Buying", "Nickname": "Pip",
        "Birthday": "1980-02-29", "Categories": "VIP,Fair", "Further websites": "www.b.example",
        "Instant messaging": "skype:pia", "Social profile": "https://s.example/pia", "Anniversary": "2001-01-01",
        "Related people": "Assistant: Mira", "Pictures, sounds and keys": "",
    }  # fmt: skip


def test_f30_a_picture_is_never_in_the_notes() -> None:
    data = "/9j/4AAQSkZJRgABAQEASABIAAD/"
    values = one("N:Lee;Ann", f"PHOTO;ENCODING=BASE64;TYPE=JPEG:{data}", data, f"{data}==", "", data, version="2.1")
    assert values == {"First Name": "Ann", "Last Name": "Lee"}


@pytest.mark.parametrize(
    "line",
    [
        "TEL;X-Custom(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4F=66=66):512-555-0191", "X-CUSTOM-NUMBER:512-555-0191",
        "item1.TEL:512-555-0191\nitem1.X-ABLabel:Summer house", "TEL;VALUE=uri:tel:512-555-0191",
        "TEL;X-Hut:512-555-0191",
    ],
)  # fmt: skip
def test_f30_every_number_can_be_dialled(line: str) -> None:
    assert one("N:Lee;Ann", line)["Phone"] == "512-555-0191"


def test_f30_the_third_number_has_its_label() -> None:
    lines = (
        "TEL:512-555-0191",
        "TEL:512-555-0192",
        "item1.TEL:512-555-0193",
        "item1.X-ABLabel:Hut",
        "TEL;CELL:512-555-0194",
    )
    assert one("N:Lee;Ann", *lines)["More Numbers"] == "Hut: 512-555-0193\nMobile: 512-555-0194"


def test_f30_a_company_is_no_person_and_a_group_nobody(tmp_path: Path) -> None:
    assert one("N:;;;;", "FN:Blue Labs", "ORG:Blue Labs;", "X-ABShowAs:COMPANY") == {"Company": "Blue Labs"}
    assert one("FN:Blue\\, Red", "KIND:org", version="4.0") == {"Company": "Blue, Red"}
    group = "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nEND:VCARD\n"
    assert told(tmp_path / "a.vcf", group + PIA + END) == {"Groups of people": (1, 1, "Friends")}


def test_f30_damaged_lines_say_nothing_on_the_console(capfd: pytest.CaptureFixture[str]) -> None:
    assert one("N:Lee;Ann", "T EL 5")["Notes"] == "Not understood: T EL 5"
    assert capfd.readouterr() == ("", "")


def test_f30_a_long_encoded_note_is_read_at_once() -> None:
    lines = ("N:Lee;Ann", "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=C3=BC=\r\n" * 150_000)
    begun = time.perf_counter()
    assert one(*lines, version="2.1")["Notes"] == "ü" * 150_000
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_f30_more_numbers_come_back(version: str) -> None:
    more = "Mobile: 512-555-0193\nHut: 512-555-0194"
    written = card(
        {"last_name": "Lee", "phone": "512-555-0191", "other_phone": "512-555-0192", "more_phones": more}, version
    )
    assert cards_in(written)[0]["More Numbers"] == more
