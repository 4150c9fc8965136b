"""How the letters of a file are written: found by all of its bytes, mended where a few rows are written otherwise."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple, TextIO

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.transfer.reading import pace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAMPLE = 1 << 16
BLOCK = 1 << 20
UTF8 = ("utf-8", "utf-8-sig")
OTHER = ["cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "cp866", "iso8859_5", "cp932", "gb18030", "big5", "cp949"]
OF_TWO_BYTES = {"cp932", "gb18030", "big5", "cp949", "shift_jis", "gbk", "gb2312", "euc_kr", "euc_jp"}
WESTERN = ("cp1252", "cp1250", "cp850", "mac_roman", "cp852", "iso8859_2")
SIGN = r"(?:[^\x00-\x7f\w’‘“”„«»‹›–—…°®™©ªº]|[¼½¾¹²³])"
UNLIKELY = re.compile(
    rf"(?<=[^\W\d]){SIGN}|{SIGN}(?=[^\W\d])"  # a sign inside a word
    r"|(?<=[a-z])[À-ÖØ-ÞŒŠŸŽ]|(?<=[A-Z])[À-ÖØ-ÞŒŠŸŽ](?=[a-z])"  # a capital inside a word
    r"|[^\x00-\x7f]{4,}|[\u2500-\u259f\ufffd]"  # hardly any plain letter; no letter at all
)
_ANY_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
ENOUGH = 10_000  # lines that are not UTF-8: from then on only what may be it is looked at
_ESCAPED = re.compile("[\udc80-\udcff]+")


class Writing(NamedTuple):
    """How a file is written, and how its bytes that are not UTF-8 are, where it should be that and is not all of it."""

    encoding: str
    otherwise: str = "cp1252"

    def opened(self, path: Path) -> TextIO:
        """The file as text. What does not fit is marked; `mended` knows what to do with that."""
        errors = "surrogateescape" if self.encoding in UTF8 else "replace"
        return path.open(encoding=self.encoding, errors=errors, newline="")

    def mended(self, text: str) -> str:
        """The text with what is not UTF-8 read otherwise."""
        if self.otherwise in OF_TWO_BYTES and not any("\x7f" < sign < "\udc80" or sign > "\udcff" for sign in text):
            return text.encode("utf-8", "surrogateescape").decode(self.otherwise, "replace")
        return _ESCAPED.sub(lambda found: self._read(found[0]), text)

    def _read(self, bytes_: str) -> str:
        return bytes_.encode("utf-8", "surrogateescape").decode(self.otherwise, "replace")


def is_marked(text: str) -> bool:
    """Whether some of a text did not fit."""
    return not text.isascii() and _ESCAPED.search(text) is not None


def read_text(path: Path, encoding: str = "") -> tuple[str, str]:
    """The whole text of a file, and the encoding it was read in."""
    with spoken(path, encoding):
        writing = writing_of(path, encoding)
        with writing.opened(path) as file:
            return writing.mended(file.read()), writing.encoding


class spoken:  # noqa: N801  used like a function
    """What goes wrong while a file is read becomes a sentence."""

    def __init__(self, path: Path, encoding: str = "") -> None:
        self._path, self._encoding = path, encoding

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Say what went wrong."""
        match error:
            case FileNotFoundError():
                raise Mistake(_("There is no file {file}.").format(file=self._path)) from None
            case IsADirectoryError():
                raise Mistake(_("{folder} is a folder. Choose a file in it.").format(folder=self._path)) from None
            case OSError():
                said = _("{file} cannot be read: {reason}.").format(file=self._path, reason=error.strerror)
                raise Surroundings(said) from error
            case UnicodeError():
                said = _("{file} cannot be read as {encoding}. Try utf-8 or cp1252.")
                raise Mistake(said.format(file=self._path.name, encoding=self._encoding.upper())) from None
            case LookupError() if type(error) is LookupError:
                said = _("There is no encoding called {encoding}. Try utf-8 or cp1252.")
                raise Mistake(said.format(encoding=self._encoding)) from None


def count_lines(path: Path) -> int:
    """About how many lines a file has; at least one."""
    with path.open("rb") as file:
        counts = [(block.count(b"\n"), block.count(b"\r")) for block in iter(lambda: _told(file.read(BLOCK)), b"")]
    return max([1, *map(sum, zip(*counts, strict=True))])


def _told(block: bytes) -> bytes:
    pace.tell(len(block))
    return block


def writing_of(path: Path, encoding: str = "") -> Writing:
    """How a file is written, as far as nobody says: by its mark, its zeros, or by all of its bytes."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if encoding:
        return Writing(_with_its_mark(codecs.lookup(encoding).name, encoding, head))
    if head.startswith(codecs.BOM_UTF8):
        return Writing("utf-8-sig", _otherwise(path))
    if wide := _marked_wide(head) or _wide_without_mark(head):
        return Writing(wide)
    return _by_bytes(path)


def _with_its_mark(name: str, said: str, head: bytes) -> str:
    """The encoding somebody says; without a mark in the file it is said which end of a letter comes first."""
    marks = {"utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)}
    if name in marks and not head.startswith(marks[name]):
        little = head[1::2].count(0) >= head[0::2].count(0) if name == "utf-16" else not head.startswith(b"\0")
        return f"{name}-le" if little else f"{name}-be"
    return name if name in UTF8 else said


def _marked_wide(head: bytes) -> str:
    """UTF-16 or UTF-32 where the file says so and looks like it: ÿþ may be the beginning of a plain file."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        top = head[7::4] if head.startswith(codecs.BOM_UTF32_LE) else head[4::4]
        if not any(top):
            return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        plain = sum(31 < byte < 127 or byte in b"\t\r\n" for byte in head)
        return "utf-16" if b"\0" in head or plain * 2 < len(head) or len(head) == 2 else ""
    return ""


def _wide_without_mark(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 25 < len(head) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _by_bytes(path: Path) -> Writing:
    """UTF-8 where any letter proves it, unless hardly any does and it may be two bytes a letter by chance."""
    found = _Strange(path)
    if not found.bad:
        return Writing("utf-8")
    other = _guess(found.sample)
    if found.good and (other not in OF_TWO_BYTES or found.good * 10 >= found.bad):
        return Writing("utf-8", "cp1252" if found.good and other in OF_TWO_BYTES else other)
    return Writing(other)


def _otherwise(path: Path) -> str:
    found = _Strange(path)
    return _guess(found.sample) if found.bad else "cp1252"


class _Strange:
    """The lines of a file with letters beyond ASCII: how many are UTF-8, how many are not, and some of these."""

    def __init__(self, path: Path) -> None:
        self.good = self.bad = 0
        self.sample = b""
        for lines in _blocks(path):
            if self.bad > ENOUGH and not _ANY_UTF8.search(lines):
                self.bad += lines.count(b"\n")
                continue
            for line in [lines] if lines.isascii() or _is_utf8(lines) else lines.replace(b"\r", b"\n").split(b"\n"):
                if line.isascii():
                    continue
                if _is_utf8(line):
                    self.good += 1
                    continue
                self.bad += 1
                self.good += _proofs(line)
                if len(self.sample) < SAMPLE:
                    self.sample += line[:SAMPLE] + b"\n"


def _blocks(path: Path) -> Iterator[bytes]:
    """The file in pieces of whole lines, or of whole letters where a line has no end."""
    rest = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            pace.tell(len(block))
            block = rest + block
            end = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
            if not end and len(block) > 2 * BLOCK:
                end = len(block)
                while end > len(block) - 4 and block[end - 1] & 0xC0 == 0x80:
                    end -= 1
                end -= block[end - 1] > 0x7F
            yield block[:end]
            rest = block[end:]
    yield rest


def _is_utf8(text: bytes) -> bool:
    try:
        codecs.utf_8_decode(text, "strict", True)
    except UnicodeDecodeError:
        return False
    return True


def _proofs(line: bytes) -> int:
    """1 where most of what lies beyond ASCII in a line is UTF-8 although not all of it is."""
    read = line.decode("utf-8", "surrogateescape")
    escaped = sum(map(len, _ESCAPED.findall(read)))
    return int(len(read) - len(read.encode("ascii", "ignore")) > 2 * escaped)


def _guess(strange: bytes) -> str:
    """The encoding in which this reads least oddly; the library is asked when it is no Western text at all."""

    def oddness(encoding: str) -> int:
        return sum(map(len, UNLIKELY.findall(strange.decode(encoding, "replace"))))

    best = min(WESTERN, key=oddness)
    if oddness(best) * 5 <= sum(byte > 127 for byte in strange):
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(strange, cp_isolation=OTHER).best()
    return found.encoding if found else best
