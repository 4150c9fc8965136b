"""What a file is, by what stands in it and not by its ending; what asks before it is opened (SI-26)."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_, _
from channergy_crm.patterns import pattern
from channergy_crm.text.file_names import ending

if TYPE_CHECKING:
    from typing import BinaryIO

HEAD = 4096
PIECE, OVERLAP = 1 << 20, 64
MOST_MEMBERS = 10_000
"""of a packed file whose list is read"""
EMPTY, BYTES, TEXT, ZIP, OLE = (
    "application/x-empty", "application/octet-stream", "text/plain", "application/zip", "application/x-ole-storage",
)  # fmt: skip
MACRO = ";macro"
"""behind the type of a document that holds a macro"""

_BEGINNINGS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"), (0, b"\xff\xd8\xff", "image/jpeg"), (0, b"GIF8", "image/gif"),
    (0, b"II*\0", "image/tiff"), (0, b"MM\0*", "image/tiff"), (0, b"\0\0\1\0", "image/x-icon"),
    (8, b"WEBP", "image/webp"), (8, b"WAVE", "audio/wav"), (8, b"AVI ", "video/avi"), (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"), (4, b"ftypavif", "image/avif"), (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"), (0, b"ID3", "audio/mpeg"), (0, b"OggS", "audio/ogg"), (0, b"fLaC", "audio/flac"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"), (0, b"\x1f\x8b", "application/gzip"), (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"), (0, b"(\xb5/\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"), (0, b"Rar!\x1a\7", "application/vnd.rar"),
    (257, b"ustar", "application/x-tar"), (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"{\\rtf", "application/rtf"), (0, b"%!PS", "application/postscript"),
    (0, b"MZ", "application/x-msdownload"), (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xfe\xed\xfa\xce", "application/x-executable"), (0, b"\xfe\xed\xfa\xcf", "application/x-executable"),
    (0, b"\xce\xfa\xed\xfe", "application/x-executable"), (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"\xca\xfe\xba\xbe", "application/x-executable"), (0, b"L\0\0\0\1\x14\2\0", "application/x-ms-shortcut"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"), (0, b"!<arch>\ndebian", "application/vnd.debian.binary-package"),
    (0, b"\xed\xab\xee\xdb", "application/x-rpm"), (0, b"#!", "text/x-script"),
)  # fmt: skip
"""where it stands, what stands there, and what that is; the first that fits"""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OF_OLE = {
    "WordDocument": "application/msword", "Workbook": "application/vnd.ms-excel", "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",  # unsaid: the name of a part
    "__substg1.0_": "application/vnd.ms-outlook",
    "_StringData": "application/x-msi", "EncryptedPackage": "application/x-ole-encrypted",
}  # fmt: skip
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OF_ZIP = {
    "word/": f"{_OFFICE}wordprocessingml.document", "xl/": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}presentationml.presentation", "AndroidManifest.xml": "application/vnd.android.package-archive",
    "META-INF/MANIFEST.MF": "application/java-archive",
}  # fmt: skip
_PROGRAMS = {
    "application/x-msdownload", "application/x-executable", "application/x-ms-shortcut", "application/x-msi",
    "application/vnd.debian.binary-package", "application/x-rpm", "application/vnd.android.package-archive",
    "application/java-archive", "text/x-script",
}  # fmt: skip
_RUN = """
exe com scr pif msi msp mst dll sys cpl app dmg pkg deb rpm run appimage apk jar class bat cmd ps1 psm1 vbs vbe js jse
mjs wsf wsh wsc hta sh bash zsh csh fish command py pyw pyc pl rb php lua tcl ahk reg inf scf lnk url desktop jnlp
gadget msc application appref-ms chm hlp iso img vhd vhdx xll wll settingcontent-ms library-ms
"""  # unsaid: endings
_HOLD_MACROS = "docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm slk"  # unsaid: endings
_PROGRAM_ENDINGS = frozenset(_RUN.split())
_MACRO_ENDINGS = frozenset(_HOLD_MACROS.split())
_MAIL = pattern(
    rb"(?:^|\n)(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|From|X-[\w-]+|DKIM-Signature):", re.I
)


class FileKind(NamedTuple):
    """What people call files of a type, and the endings such a file has; the first one is the usual one."""

    said: str
    endings: tuple[str, ...] = ()


_OPEN_OFFICE = ("docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "xlsb")
KINDS: dict[str, FileKind] = {
    EMPTY: FileKind(N_("Empty file")),
    BYTES: FileKind(N_("File")),
    "application/pdf": FileKind(N_("PDF"), ("pdf", "ai")),
    "text/html": FileKind(N_("Web page"), ("html", "htm", "xhtml")),
    "image/png": FileKind(N_("PNG picture"), ("png",)),
    "image/jpeg": FileKind(N_("JPEG picture"), ("jpg", "jpeg", "jpe", "jfif")),
    "image/gif": FileKind(N_("GIF picture"), ("gif",)),
    "image/bmp": FileKind(N_("BMP picture"), ("bmp", "dib")),
    "image/webp": FileKind(N_("WebP picture"), ("webp",)),
    "image/tiff": FileKind(N_("TIFF picture"), ("tiff", "tif")),
    "image/svg+xml": FileKind(N_("SVG drawing"), ("svg",)),
    "image/x-icon": FileKind(N_("Icon"), ("ico", "cur")),
    "image/heic": FileKind(N_("HEIC picture"), ("heic", "heif")),
    "image/avif": FileKind(N_("AVIF picture"), ("avif",)),
    f"{_OFFICE}wordprocessingml.document": FileKind(N_("Word document"), ("docx", "docm", "dotx", "dotm")),
    f"{_OFFICE}spreadsheetml.sheet": FileKind(N_("Excel workbook"), ("xlsx", "xlsm", "xltx", "xltm", "xlam", "xlsb")),
    f"{_OFFICE}presentationml.presentation":
        FileKind(N_("PowerPoint presentation"), ("pptx", "pptm", "ppsx", "ppsm", "potx", "potm")),
    "application/msword": FileKind(N_("Word document"), ("doc", "dot")),
    "application/vnd.ms-excel": FileKind(N_("Excel workbook"), ("xls", "xlt", "xla")),
    "application/vnd.ms-powerpoint": FileKind(N_("PowerPoint presentation"), ("ppt", "pps", "pot")),
    "application/vnd.oasis.opendocument.text": FileKind(N_("Text document"), ("odt", "ott", "fodt")),
    "application/vnd.oasis.opendocument.spreadsheet": FileKind(N_("Spreadsheet"), ("ods", "ots", "fods")),
    "application/vnd.oasis.opendocument.presentation": FileKind(N_("Presentation"), ("odp", "otp", "fodp")),
    "application/x-ole-encrypted": FileKind(N_("Encrypted document"), (*_OPEN_OFFICE, "doc", "xls", "ppt")),
    OLE: FileKind(N_("File"), ("doc", "xls", "ppt", "msg", "vsd", "pub", "mpp", "one", "db")),
    "application/epub+zip": FileKind(N_("E-book"), ("epub",)),
    "application/rtf": FileKind(N_("Text document"), ("rtf", "doc")),
    "application/vnd.ms-outlook": FileKind(N_("E-mail"), ("msg", "oft")),
    "message/rfc822": FileKind(N_("E-mail"), ("eml", "mht")),
    "text/calendar": FileKind(N_("Calendar entry"), ("ics", "ifb")),
    "text/vcard": FileKind(N_("Business card"), ("vcf", "vcard")),
    ZIP: FileKind(N_("Packed files"), ("zip", "kmz", "odg", "pages", "numbers", "key")),
    "application/x-7z-compressed": FileKind(N_("Packed files"), ("7z",)),
    "application/vnd.rar": FileKind(N_("Packed files"), ("rar",)),
    "application/gzip": FileKind(N_("Packed file"), ("gz", "tgz", "svgz")),
    "application/x-tar": FileKind(N_("Packed files"), ("tar",)),
    "audio/mpeg": FileKind(N_("Sound"), ("mp3",)),
    "audio/wav": FileKind(N_("Sound"), ("wav",)),
    "audio/ogg": FileKind(N_("Sound"), ("ogg", "oga", "opus", "ogv")),
    "audio/flac": FileKind(N_("Sound"), ("flac",)),
    "audio/mp4": FileKind(N_("Sound"), ("m4a", "m4b", "mp4")),
    "video/mp4": FileKind(N_("Video"), ("mp4", "m4v", "mov", "3gp")),
    "video/avi": FileKind(N_("Video"), ("avi",)),
    "video/x-matroska": FileKind(N_("Video"), ("mkv", "webm", "mka")),
    "application/vnd.sqlite3": FileKind(N_("Database"), ("db", "sqlite", "sqlite3", "db3")),
    "application/x-msdownload": FileKind(N_("Program")),
    "application/x-executable": FileKind(N_("Program")),
    "application/x-msi": FileKind(N_("Program")),
    "application/java-archive": FileKind(N_("Program")),
    "application/x-ms-shortcut": FileKind(N_("Shortcut")),
    "text/x-script": FileKind(N_("Script")),
}  # fmt: skip
"""the types people meet; any other is a file"""


def sniffed(file: BinaryIO) -> str:
    """The type of what stands in a file that is open to be read, such as "application/pdf"."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        return EMPTY
    if head.startswith(_OLE):
        return _of_ole(file)
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _of_zip(file)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    found = next((kind for at, sign, kind in _BEGINNINGS if head[at : at + len(sign)] == sign), "")
    return found or _of_text(head)


def _of_ole(file: BinaryIO) -> str:
    """An older document of an office program: what it is stands in the names of its parts."""
    names = {name: name.encode("utf-16-le") for name in (*_OF_OLE, "_VBA_PROJECT")}
    seen: set[str] = set()
    file.seek(0)
    before = b""
    while piece := file.read(PIECE):
        held = before + piece
        seen |= {name for name, sign in names.items() if sign in held}
        before = held[-OVERLAP:]
    found = next((kind for name, kind in _OF_OLE.items() if name in seen), OLE)
    return found + MACRO if "_VBA_PROJECT" in seen else found


def _of_zip(file: BinaryIO) -> str:
    """A packed file: a document of an office program where its members say so."""
    try:
        file.seek(0, 2)
        size = file.tell()
        file.seek(max(0, size - (1 << 16) - 22))
        end = file.read()
        last = end.rfind(b"PK\5\6")
        if last < 0 or int.from_bytes(end[last + 10 : last + 12], "little") > MOST_MEMBERS:
            return ZIP
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()
            mime = (
                packed.read("mimetype")[:100]
                if "mimetype" in names and packed.getinfo("mimetype").file_size < 100
                else b""
            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, KeyError, EOFError):
        return ZIP
    found = mime.decode("ascii", "replace").strip()
    if found not in KINDS:
        typed = "[Content_Types].xml" in names
        fits = (kind for sign, kind in _OF_ZIP.items() if (typed or "/" not in sign[-1:])
                and any(name.startswith(sign) for name in names))  # fmt: skip
        found = next(fits, ZIP)
    holds = any(name.endswith("vbaProject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names)
    return found + MACRO if holds else found


def _of_text(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return TEXT
    if b"\0" in head or any(sign < 32 and sign not in b"\t\n\r\f\x1b\x1a" for sign in head):
        return BYTES
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024]
    low = start.lower()
    if low.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if low.startswith((b"<?xml", b"<svg", b"<!doctype svg")):
        return "image/svg+xml" if b"<svg" in head.lower() else "application/xml"
    for sign, kind in ((b"begin:vcard", "text/vcard"), (b"begin:vcalendar", "text/calendar")):
        if low.startswith(sign):
            return kind
    return "message/rfc822" if len(_MAIL.findall(head)) > 1 and _MAIL.match(start) else TEXT


def said(type: str, name: str = "") -> str:
    """What people call a file of this type: “PDF”, “Word document”; a text by the ending of its name."""
    kind = KINDS.get(type.removesuffix(MACRO))
    if kind is not None:
        return _(kind.said)
    if type.startswith("text/"):
        return _("Table") if ending(name) in ("csv", "tsv") else _("Text")
    return _("{ending} file").format(ending=ending(name).upper()) if ending(name) else _("File")


def usual_ending(type: str) -> str:
    """The ending a file of this type has; "" where nobody knows."""
    kind = KINDS.get(type.removesuffix(MACRO))
    return kind.endings[0] if kind is not None and kind.endings else "txt" if type == TEXT else ""


def is_picture(type: str) -> bool:
    """Whether it is a picture made of points, of which a small one can be shown."""
    return type.startswith("image/") and "svg" not in type


def is_program(type: str, name: str) -> bool:
    """Whether a system would run it, by what it is or by its ending: nothing here ever starts it."""
    return type.removesuffix(MACRO) in _PROGRAMS or ending(name) in _PROGRAM_ENDINGS


def why_ask(type: str, name: str) -> str:
    """The sentence to say before it is opened: a program, a script, a macro, not what its name says; else ""."""
    if is_program(type, name):
        return _("“{name}” is a program or a script. It is never started here; only its folder opens.").format(
            name=name
        )
    if type.endswith(MACRO) or ending(name) in _MACRO_ENDINGS:
        return _("“{name}” holds macros: small programs that may run when it is opened.").format(name=name)
    kind = KINDS.get(type)
    last = ending(name)
    known = {each for other in KINDS.values() for each in other.endings}
    if last and last in known and type not in (EMPTY, TEXT) and not (kind is not None and last in kind.endings):
        return _("“{name}” is not what its ending says. What stands in it: {kind}.").format(
            name=name, kind=said(type, name)
        )
    return ""
