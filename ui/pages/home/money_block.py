"""What customers owe by how long it is due; a press opens those invoices (VT-25)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.services import ages
from channergy_crm.services.home import blocks, own_sales
from ui.charts.chart import Mark
from ui.charts.lengths import Lengths
from ui.look.wording import short_money, whole_money
from ui.pages.home import opening
from ui.pages.home.filling import Filling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.ages import Age
    from channergy_crm.services.home.own_sales import Aged
    from ui.pages.home.block import Block
    from ui.session.session import Session

SIDE = 16
OWED = "owner:me what=invoice state=open"  # unsaid: a filter


def due_by_age(block: Block, session: Session) -> Filling:
    """A bar for each bracket, the longest due at the end."""
    chart = Lengths(f"{block.objectName()}.chart", block.accessibleName(), block)
    chart.opened.connect(partial(_open, block, session))
    block.hold(chart, side=SIDE)

    def show(found: Sequence[Aged]) -> None:
        total = sum(each.amount for each in found)
        chart.setVisible(bool(total))
        chart.show_marks(_marks(found), (_("Due"), _("Amount"), _("Invoices")))
        chart.setFixedHeight(chart.sizeHint().height())
        block.say_count(whole_money(total) if total else "")
        block.say("" if total else _("Nobody owes anything for your invoices."))

    kind = blocks.BLOCKS["due_by_age"]
    return Filling(block, session, own_sales.by_age, show, kind.tables, by_clock=True)


def within(age: Age) -> str:
    """The filter that finds what is in a bracket in the list of invoices."""
    first, last = age.days(clock.today())
    if last is None and first is not None:
        return f"(until>={first.isoformat()} OR -until:)"  # unsaid: a filter
    parts = (("until>=", first), ("until<=", last))
    return " ".join(f"{sign}{day.isoformat()}" for sign, day in parts if day is not None)


def _open(block: Block, session: Session, name: str) -> None:
    age = next(each for each in ages.AGES if each.name == name)
    opening.open_list(block, session, "invoices", text=f"{OWED} {within(age)}")


def _marks(found: Sequence[Aged]) -> list[Mark]:
    marks = []
    for place, (age, invoices, amount) in enumerate(found):
        many = ngettext("{count:,} invoice", "{count:,} invoices", invoices).format(count=invoices)
        said = _("{age}, {amount}, {invoices}").format(age=age.title, amount=whole_money(amount), invoices=many)
        marks.append(Mark(age.name, (0, place), age.title, short_money(amount), said, amount, more=many,
                          cells=(age.title, whole_money(amount), f"{invoices}")))  # fmt: skip
    return marks
