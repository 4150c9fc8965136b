"""Sums as people type them: + - * / % and brackets, with the decimal sign of their language (VT-42)."""

from __future__ import annotations

import re
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow, localcontext
from typing import NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _

DIGITS, DEEPEST, LONGEST = 28, 50, 400
SHOWN_DIGITS = 12
_OTHER_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "[": "(", "]": ")"})
_TOKEN = re.compile(r"\d+(?:\.\d*)?|\.\d+|[-+*/%()]")


class _Part(NamedTuple):
    """A value, and whether it is a percentage of what stands before it."""

    value: Decimal
    percent: bool = False


def work_out(text: str, point: str = ".", group: str = ",") -> Decimal:
    """What a sum comes to, exact to 28 digits; 200 + 19 % is 238, as on a desk calculator.

    `point` is the decimal sign, `group` the one between thousands. Raises `Mistake` with what is wrong with it.
    """
    plain = _plain(text, point, group)
    pieces = _TOKEN.findall(plain)
    if len(plain) > LONGEST:
        raise Mistake(_("That is too long to work out."))
    if not pieces or "".join(pieces) != plain:
        raise Mistake(_("Type numbers, + − × ÷ %, and brackets."))
    try:
        with localcontext(Context(prec=DIGITS, Emax=99, traps=[DivisionByZero, InvalidOperation, Overflow])):
            return _Sum(pieces).value()
    except DivisionByZero as error:
        raise Mistake(_("Nothing can be divided by zero.")) from error
    except DecimalException as error:
        raise Mistake(_("That is too large to work out.")) from error


def written(value: Decimal, point: str = ".", group: str = ",") -> str:
    """A number as the language writes it, with at most twelve digits behind the point."""
    with localcontext(Context(prec=DIGITS + SHOWN_DIGITS + 4)):
        rounded = value.quantize(Decimal(1).scaleb(-SHOWN_DIGITS)) if abs(value) < Decimal(10) ** DIGITS else value
    plain = f"{rounded:,f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    plain = "0" if plain in ("-0", "") else plain
    return plain.translate({ord(","): group, ord("."): point})


def _plain(text: str, point: str, group: str) -> str:
    """As a program writes it: without spaces and thousands, a point before the decimals."""
    text = "".join(text.split()).translate(_OTHER_SIGNS)
    for sign in {group, "\u00a0", "\u202f", "'", "’"} - {point, "."}:
        text = text.replace(sign, "")
    if group == "." and point != ".":  # 1.234,5 – but 0.5 is what somebody typed on the block of figures
        text = re.sub(r"(?<=\d)\.(?=\d{3}(?:\D|$))", "", text)
    return text.replace(point, ".")


class _Sum:
    """Reads the pieces of one sum from left to right; × and ÷ bind closer than + and −."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces, self._at, self._depth = pieces, 0, 0

    def value(self) -> Decimal:
        """What all of it comes to."""
        found = self._added()
        if self._next():
            raise Mistake(_("Type numbers, + − × ÷ %, and brackets."))
        return found

    def _next(self) -> str:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def _take(self) -> str:
        piece = self._next()
        self._at += 1
        return piece

    def _added(self) -> Decimal:
        found = self._multiplied().value
        while self._next() in ("+", "-"):
            sign = self._take()
            part = self._multiplied()
            by = found * part.value if part.percent else part.value
            found = found + by if sign == "+" else found - by
        return found

    def _multiplied(self) -> _Part:
        found = self._one()
        while self._next() in ("*", "/"):
            sign = self._take()
            by = self._one().value
            found = _Part(found.value * by if sign == "*" else found.value / by)
        return found

    def _one(self) -> _Part:
        """A number, a bracket, or one of them with a sign before it or a % behind it."""
        piece = self._take()
        self._depth += 1
        if self._depth > DEEPEST:
            raise Mistake(_("That is too long to work out."))
        if piece in ("+", "-"):
            part = self._one()
            found = _Part(part.value if piece == "+" else -part.value, part.percent)
        elif piece == "(":
            found = _Part(self._added())
            if self._take() != ")":
                raise Mistake(_("A bracket is not closed."))
        elif piece and (piece[0].isdigit() or piece[0] == "."):
            found = _Part(Decimal(piece))
        else:
            raise Mistake(_("The sum is not finished."))
        self._depth -= 1
        if self._next() == "%":
            self._take()
            found = _Part(found.value / 100, percent=True)
        return found
