"""What a file is by what stands in it; its name cleaned; what asks before it is opened (SI-26)."""

from __future__ import annotations

import io
import zipfile

import pytest

from channergy_crm.text.amounts import of_bytes
from channergy_crm.text.file_kinds import is_picture, is_program, said, sniffed, why_ask
from channergy_crm.text.file_names import cleaned, told_apart

OPEN = "application/vnd.oasis.opendocument"
OFFICE = "application/vnd.openxmlformats-officedocument."


def packed(*members: str, mime: str = "") -> bytes:
    """A packed file with these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, data in [*([("mimetype", mime)] if mime else []), *((member, "x") for member in members)]:
            file.writestr(zipfile.ZipInfo(name), data)  # of one and the same day
    return held.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "application/x-empty"), (b"%PDF-1.7\n", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"MZ\x90\0", "application/x-msdownload"), (b"\x7fELF\2", "application/x-executable"),
        (b"#!/bin/sh\necho", "text/x-script"), ("Grüße".encode(), "text/plain"),
        ("Grüße".encode("latin-1"), "text/plain"), ("Grüße".encode("utf-16"), "text/plain"),
        (b"a\0b", "application/octet-stream"), (b"<!DOCTYPE html><p>", "text/html"), (b"BEGIN:VCARD\n", "text/vcard"),
        (b"\xef\xbb\xbfBEGIN:VCALENDAR", "text/calendar"),
        (b"From: a@b.example\nMIME-Version: 1.0\n\nHi", "message/rfc822"),
        (b"From: here it is a letter", "text/plain"), (packed("a.txt"), "application/zip"),
        (packed("[Content_Types].xml", "word/document.xml"), f"{OFFICE}wordprocessingml.document"),
        (packed("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), f"{OFFICE}spreadsheetml.sheet;macro"),
        (packed("word/document.xml"), "application/zip"),
        (packed("META-INF/MANIFEST.MF"), "application/java-archive"),
        (packed("content.xml", mime=f"{OPEN}.text"), f"{OPEN}.text"),
        (packed("a")[:-30], "application/zip"), (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
        (OLE + bytes((1 << 20) - 620) + "Workbook_VBA_PROJECT".encode("utf-16-le"), "application/vnd.ms-excel;macro"),
    ],
)  # fmt: skip
def test_si26_the_type_is_read_from_what_stands_in_it(data: bytes, kind: str) -> None:
    assert sniffed(io.BytesIO(data)) == kind


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), (r"C:\Users\ann\Offer.pdf", "Offer.pdf"), ("a\nb\0.txt", "a b.txt"),
        ('what? "yes".doc', "what_ _yes_.doc"), ("  .. ", ""), ("CON.txt", "_CON.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"), ("…Ünïcode 文.pdf", "…Ünïcode 文.pdf"), (".profile", "profile"),
    ],
)  # fmt: skip
def test_si26_of_a_name_the_last_part_is_kept_cleaned(given: str, kept: str) -> None:
    assert cleaned(given.replace("\n", "\t")) == kept


def test_si26_a_program_a_script_a_macro_and_a_false_ending_ask() -> None:
    for name, kind in [
        ("a.exe", "application/x-msdownload"),
        ("a.pdf", "application/x-msdownload"),
        ("a.js", "text/plain"),
    ]:
        assert is_program(kind, name)
        assert "program or a script" in why_ask(kind, name)
    assert "macros" in why_ask(f"{OFFICE}wordprocessingml.document;macro", "a.docm")
    assert "macros" in why_ask("application/zip", "a.xlsm")
    assert "What stands in it: PDF" in why_ask("application/pdf", "a.docx")
    for name, kind in [("a.pdf", "application/pdf"), ("a.docx", "application/x-ole-encrypted"), ("a.pdf", "text/plain"),
                       ("a", "image/png"), ("a.jpeg", "image/jpeg"), ("a.csv", "text/plain")]:  # fmt: skip
        assert not why_ask(kind, name)


def test_si26_what_people_call_it_and_how_large_it_is() -> None:
    assert [said("application/pdf"), said("text/plain", "a.csv"), said("text/plain", "a.txt"),
            said("application/x-dwg", "Plan.dwg")] == ["PDF", "Table", "Text", "DWG file"]  # fmt: skip
    assert [of_bytes(size) for size in (0, 1, 2048, 1258291, 50 << 20)] == [
        "0 bytes",
        "1 byte",
        "2 KB",
        "1.2 MB",
        "50 MB",
    ]
    assert is_picture("image/png")
    assert not is_picture("image/svg+xml")
    assert told_apart("Offer.pdf", {"offer.pdf", "Offer (2).pdf"}) == "Offer (3).pdf"
