"""Files that are no table: said what they are and what to do, instead of reading nonsense out of them."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 1 << 16

TABLE = N_("{file} is {form}. Save the table as CSV (UTF-8) or XLSX first and import that file.")
NOTHING = N_("{file} is {form}: there is no table in it. Choose a table (CSV, TSV, XLSX) or visiting cards (vCard).")
PACKED = N_("{file} is {form}. Unpack it first and import the file in it.")

BEGINNINGS: list[tuple[bytes, str, str]] = [
    (b"%PDF", N_("a PDF"), TABLE),
    (b"{\\rtf", N_("a text document (RTF)"), TABLE),
    (b"SQLite format 3", N_("a database"), TABLE),
    (b"\0\1\0\0Standard ", N_("a database (Access)"), TABLE),
    (b"PAR1", N_("a file of columns (Parquet)"), TABLE),
    (b"!BDN", N_("an Outlook mailbox (PST); export the contacts"), TABLE),
    (b"\x89PNG", N_("a picture"), NOTHING),
    (b"\xff\xd8\xff", N_("a picture"), NOTHING),
    (b"GIF8", N_("a picture"), NOTHING),
    (b"II*\0", N_("a picture"), NOTHING),
    (b"MM\0*", N_("a picture"), NOTHING),
    (b"8BPS", N_("a picture"), NOTHING),
    (b"ID3", N_("a sound"), NOTHING),
    (b"OggS", N_("a sound"), NOTHING),
    (b"MZ\x90", N_("a program"), NOTHING),
    (b"\x7fELF", N_("a program"), NOTHING),
    (b"\x1f\x8b", N_("a packed file (GZIP)"), PACKED),
    (b"7z\xbc\xaf", N_("a packed file (7-Zip)"), PACKED),
    (b"Rar!", N_("a packed file (RAR)"), PACKED),
    (b"BZh9", N_("a packed file (BZIP2)"), PACKED),
    (b"\xfd7zXZ", N_("a packed file (XZ)"), PACKED),
]
IN_OLE = [
    (b"WordDocument", N_("a text document (Word)"), TABLE),
    (b"PowerPoint Document", N_("a presentation"), NOTHING),
    (b"__properties_version", N_("a mail (Outlook)"), NOTHING),
]  # unsaid: how parts of such files are called
IN_ZIP = [
    ("Index/Document.iwa", N_("a document of Numbers or Pages"), TABLE),
    ("Index.zip", N_("a document of Numbers or Pages"), TABLE),
    ("xl/workbook.bin", N_("a binary workbook (XLSB)"), TABLE),
    ("xl/", N_("a workbook"), TABLE),
    ("word/", N_("a text document (Word)"), TABLE),
    ("ppt/", N_("a presentation"), NOTHING),
]
OPEN_DOCUMENTS = {
    "spreadsheet": N_("a workbook (ODS)"), "text": N_("a text document (ODT)"), "presentation": N_("a presentation"),
    "epub": N_("a book (EPUB)"),
}  # fmt: skip
MAIL = re.compile(
    r"(?:return-path|received|from|to|subject|date|mime-version|message-id|delivered-to|content-type)\s*:", re.I
)
TEXTS: list[tuple[re.Pattern[str], str, str]] = [
    (re.compile(r"BEGIN:VCALENDAR", re.I), N_("a calendar"), NOTHING),
    (re.compile(r"<\?xml.{0,2000}office:spreadsheet|<\?mso-app", re.I | re.S), N_("a workbook written as XML"), TABLE),
    (re.compile(r"<\?xml.{0,300}<svg|<svg\b", re.I | re.S), N_("a picture"), NOTHING),
    (re.compile(r"<!doctype html|<(?:html|table|head|body|meta|style|div)\b", re.I), N_("a web page (HTML)"), TABLE),
    (re.compile(r"<\?xml|<[a-z][\w:.-]*(?:\s[^<>]*)?>\s*<", re.I), N_("an XML file"), TABLE),
    (re.compile(r"(?:[\[{]\s*)+(?:\"[^\"\r\n]*\"\s*:|[\]}])|\[\s*[\[{\"]", re.I), N_("a JSON file"), TABLE),
    (re.compile(r"From \S+.*\d\d:\d\d:\d\d"), N_("a mailbox"), NOTHING),
    (re.compile(r"-- ?(?:MySQL|PostgreSQL|MariaDB|SQLite)\b|(?:create table|insert into|drop table)\b", re.I),
     N_("the dump of a database (SQL)"), TABLE),
    (re.compile(r"#!/|<\?php|%!PS"), N_("a program"), NOTHING),
]  # fmt: skip


def refuse(path: Path) -> None:
    """Say what a file is that is no table of text. `Mistake`; nothing happens where it may be one."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    found = _by_beginning(head) or _packed(path, head) or _in_ole(path, head) or _by_text(text_of(head))
    if found:
        form, sentence = found
        raise Mistake(_(sentence).format(file=path.name, form=_(form)))


def text_of(head: bytes) -> str:
    """The beginning of a file as text, well enough to see what it is."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").strip()
    return head.replace(b"\0", b"").decode("utf-8-sig", "replace").strip()


def _by_beginning(head: bytes) -> tuple[str, str] | None:
    for beginning, form, sentence in BEGINNINGS:
        if head.startswith(beginning):
            return form, sentence
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return N_("a picture or a sound"), NOTHING
    if head[4:8] == b"ftyp":
        return N_("a picture or a film"), NOTHING
    if head[:2] == b"BM" and len(head) > 14 and head[6:10] == b"\0\0\0\0":
        return N_("a picture"), NOTHING
    if (
        head[:1] in (b"\x03", b"\x83", b"\x30")
        and len(head) > 32
        and head[1] < 200
        and b"\r" in head[32:]
        and b"\0" in head[12:32]
        and 0 < head[2] < 13
    ):
        return N_("a database (DBF)"), TABLE
    return None


def _packed(path: Path, head: bytes) -> tuple[str, str] | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            kind = packed.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in names else ""
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return N_("a workbook or another packed file (ZIP) that is damaged"), TABLE
    for word, form in OPEN_DOCUMENTS.items():
        if word in kind:
            return form, TABLE
    for part, form, sentence in IN_ZIP:
        if any(name.startswith(part) for name in names):
            return form, sentence
    return N_("a packed file (ZIP)"), PACKED


def _in_ole(path: Path, head: bytes) -> tuple[str, str] | None:
    if not head.startswith(b"\xd0\xcf\x11\xe0"):
        return None
    with path.open("rb") as file:
        held = file.read(1 << 23)
    for part, form, sentence in IN_OLE:
        if part.decode().encode("utf-16-le") in held:
            return form, sentence
    return N_("a workbook of the old kind (XLS)"), TABLE


def _by_text(text: str) -> tuple[str, str] | None:
    for pattern, form, sentence in TEXTS:
        if pattern.match(text):
            return form, sentence
    lines = text.splitlines()[:12]
    heads = [line for line in lines if MAIL.match(line)]
    if len(heads) >= 3 and lines and MAIL.match(lines[0]) and len({line.split(":")[0].lower() for line in heads}) >= 3:
        return N_("a mail"), NOTHING
    return None
