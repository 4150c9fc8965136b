"""A reminder about invoices nobody has paid: a letter with what is open, of one of three levels (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.services import sales_texts
from channergy_crm.text import placeholders
from ui.paper.sales import saying, top
from ui.paper.sales.pages import NOTHING, NUMBER, facts
from ui.paper.sales.upon import Cell, Upon
from ui.paper.sheet import Paper, size_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.services.sales_paper import Reminding
    from ui.paper.sales.saying import Saying
    from ui.paper.sales.upon import Row

PLACES = (0.0, 0.42, 0.62, 0.81, 1.0)
"""where the columns end, as a share of the room; the first one begins there"""
TITLES = (N_("Invoice"), N_("Date"), N_("Due"), N_("Total"), N_("Still open"))


def kind_of(level: int) -> str:
    """Which of the texts a level has."""
    return sales_texts.REMINDERS[min(max(level, 1), len(sales_texts.REMINDERS)) - 1]


def laid_out(said: Reminding, texts: Mapping[str, str], paper: str = "") -> Paper:
    """The pages of the letter."""
    about, kind = said.about, kind_of(said.level)
    words = saying.of(about)
    upon = Upon(about.head, top.footer(about.head, words), paper)
    held = saying.values(about, words, kind)
    head = words(sales_texts.KINDS[kind])
    known = [fact for fact in facts(about, words) if fact[0] not in (words(NUMBER), words(N_("Due")))]
    known[0] = (words(N_("Date")), words.day(said.today))
    top.put(upon, about.document.addressee or about.document.name or "", known)
    upon.paragraph(head, "brand")
    upon.paragraph(_filled(texts.get(sales_texts.OPENING, ""), held))
    _table(said, words, upon)
    upon.y += upon.step()
    upon.paragraph(_filled(texts.get(sales_texts.CLOSING, ""), held))
    top.finish(upon, words, head, draft=False)
    return Paper(f"{head} {saying.number_of(about)}", upon.sheet, upon.pages, size_named(upon.paper))


def _filled(text: str, held: Mapping[str, str]) -> str:
    return "" if text == NOTHING else placeholders.fill(placeholders.parse(text), held).text.strip()


def _row(upon: Upon, texts: tuple[str, ...], style: str = "text") -> Row:
    ends = [upon.left + share * upon.room for share in PLACES]
    return [Cell(text, x, style, right=place > 0)
            for place, (text, x) in enumerate(zip(texts, ends, strict=True)) if text]  # fmt: skip


def _head(upon: Upon, words: Saying) -> None:
    upon.row(_row(upon, tuple(words(title) for title in TITLES), "head"))
    upon.rule(strong=True)
    upon.y += 0.5 * upon.step("small")


def _table(said: Reminding, words: Saying, upon: Upon) -> None:
    _head(upon, words)
    for each in said.owed:
        if not upon.fits(3 * upon.step()):
            upon.turn()
            _head(upon, words)
        upon.row(_row(upon, (each.number, words.day(each.dated), words.day(each.until), words.amount(each.total),
                             words.amount(each.open))))  # fmt: skip
    if said.fee:
        upon.row(_row(upon, (words(N_("Fee of this reminder")), "", "", "", words.amount(said.fee))))
    upon.rule(strong=True)
    upon.y += 0.4 * upon.step()
    whole = sum(each.open for each in said.owed) + said.fee
    upon.row(_row(upon, (words(N_("To be paid")), "", "", "", words.money(whole)), "strong"))
