"""The blocks that are no plain lists: today's goal, key metrics, two charts, the tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from channergy_crm import clock
from channergy_crm.language import _, figures, ngettext
from channergy_crm.records import ListView, Opportunity
from channergy_crm.services import goals
from channergy_crm.services import tags as tags_of_office
from channergy_crm.services.home import blocks, own_records, own_work, viewed
from channergy_crm.services.home.lines import ROWS, Line, Said
from ui.charts.bars import Bars
from ui.charts.chart import Mark
from ui.charts.legend import Legend
from ui.charts.lengths import Lengths
from ui.look import theme
from ui.look.wording import short_money, shown, whole_money
from ui.pages.home import opening
from ui.pages.home.block_list import BlockList
from ui.pages.home.filling import Filling
from ui.pages.home.goal_rows import GoalRows
from ui.pages.home.money_block import due_by_age
from ui.pages.home.rows import row_of
from ui.tags.opening import open_weighed
from ui.widgets.tag_cloud import TagCloud

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from channergy_crm.errors import CRMError
    from channergy_crm.services.goals import Goals
    from channergy_crm.services.home.own_records import Stage
    from channergy_crm.services.home.own_work import Hour
    from channergy_crm.services.home.viewed import Metric
    from channergy_crm.services.tags import Weighed
    from ui.pages.home.block import Block
    from ui.session.session import Session

FIRST_HOUR, LAST_HOUR, HIGH, SIDE = 8, 17, 214, 16
"""the hours of a day that are always drawn; pixels: a chart, the edge"""
COUNTING, UNKNOWN = "…", "–"


def today(block: Block, session: Session) -> Filling:
    """How far one has come today, and *Set goal* for whoever may."""
    rows = GoalRows(f"{block.objectName()}.goals", block)
    rows.opened.connect(lambda: session.go_to("figures"))
    block.hold(rows)
    if session.attempt(lambda: goals.may_set(session.by) or "") == "":
        block.verb("set_goal", _("Set goal"), lambda: session.go_to("setting", "goals"))

    def read(by: str, _project: int | None) -> tuple[Goals, tuple[datetime, datetime]]:
        return goals.today(by), goals.working_day(by)

    def show(found: tuple[Goals, tuple[datetime, datetime]]) -> None:
        there = rows.show_goals(*found)
        block.say("" if there else _("No goal is set for a day. With one you see here how far you have come."))

    return Filling(block, session, read, show, blocks.BLOCKS["today"].tables, by_clock=True)


def calls_today(block: Block, session: Session) -> Filling:
    """A bar for every hour of today; the hour of now is the chosen one, a press opens the figures."""
    chart = Bars(f"{block.objectName()}.chart", block.accessibleName(), block)
    chart.setFixedHeight(theme.px(HIGH, block))
    chart.opened.connect(lambda _hour: session.go_to("figures"))
    legend = Legend([("bar", _("reached")), ("rest", _("dialed")), ("accent", _("now"))], block)
    block.head.insertWidget(block.head.count() - 1, legend)
    block.hold(chart, side=SIDE)

    def show(found: Sequence[Hour]) -> None:
        marks = _hours(found)
        chart.setVisible(bool(found))
        legend.setVisible(bool(found))
        chart.show_marks(marks, (_("Hour"), _("Calls"), _("Reached")))
        chart.choose(clock.now().hour)
        block.say_count(figures(sum(each.calls for each in found)) if found else "")
        block.say("" if found else _("No calls yet today. Each one you make is counted here by its hour."))

    def read(by: str, _project: int | None) -> list[Hour]:
        return own_work.calls_today(by)

    return Filling(block, session, read, show, blocks.BLOCKS["calls_today"].tables, by_clock=True)


def _hours(found: Sequence[Hour]) -> list[Mark]:
    held = {each.hour: each for each in found}
    hours = range(min([FIRST_HOUR, *held]), max([LAST_HOUR, *held]) + 1)
    marks = []
    for place, hour in enumerate(hours):
        calls, reached = (held[hour].calls, held[hour].reached) if hour in held else (0, 0)
        counted = ngettext("{count:,} call", "{count:,} calls", calls).format(count=calls)
        said = _("{hour}:00, {calls}, {reached} reached").format(hour=hour, calls=counted, reached=reached)
        marks.append(Mark(hour, (place, 0), f"{hour}", f"{calls}" if calls else "", said, calls, reached,
                          more=f"{reached}"))  # fmt: skip
    return marks


def dashboard(block: Block, session: Session) -> Filling:
    """One's own open opportunities stage by stage; a press opens those of a stage (VT-16)."""
    chart = Lengths(f"{block.objectName()}.chart", block.accessibleName(), block)
    text = "owner:me closed:no stage={stage}"  # unsaid: a filter

    def open_stage(stage: str) -> None:
        wanted = f'"{stage}"' if stage else '""'
        opening.open_list(block, session, "opportunities", text=text.format(stage=wanted))

    chart.opened.connect(open_stage)
    block.hold(chart, side=SIDE)

    def show(found: Sequence[Stage]) -> None:
        chart.setVisible(bool(found))
        chart.show_marks(_stages(found), (_("Stage"), _("Amount"), _("Opportunities")))
        chart.setFixedHeight(chart.sizeHint().height())
        total = sum(each.amount for each in found)
        block.say_count(whole_money(total) if found else "")
        block.say("" if found else _("You have no open opportunities. Converting a lead makes one."))

    return Filling(block, session, own_records.by_stage, show, blocks.BLOCKS["dashboard"].tables)


def _stages(found: Sequence[Stage]) -> list[Mark]:
    marks = []
    for place, each in enumerate(found):
        label = shown(Opportunity.kind("stage"), each.stage) or _("no stage")
        deals = ngettext("{count:,} deal", "{count:,} deals", each.deals).format(count=each.deals)
        said = _("{stage}, {amount}, {deals}").format(stage=label, amount=whole_money(each.amount), deals=deals)
        marks.append(Mark(each.stage, (0, place), label, short_money(each.amount), said, each.amount, more=deals,
                          cells=(label, whole_money(each.amount), f"{each.deals}")))  # fmt: skip
    return marks


def key_metrics(block: Block, session: Session) -> Filling:
    """Saved views with their counts; a press opens the list through the view (VT-21)."""
    rows = BlockList(f"{block.objectName()}.list", block.accessibleName(), block)
    held = _Metrics(block, rows, session)
    rows.opened.connect(held.open)
    block.hold(rows)
    block.verb("choose", _("Choose"), held.choose)
    kind = blocks.BLOCKS["key_metrics"]
    tables = kind.tables | {ListView._meta.table_name, "CRMHomeBlocks"}

    def read(by: str, _project: int | None) -> list[Metric]:
        return viewed.metrics(by)

    return Filling(block, session, read, held.show, tables)


class _Metrics:
    """The metrics that are shown, and what is known of their counts."""

    def __init__(self, block: Block, rows: BlockList, session: Session) -> None:
        self._block, self._rows, self._session = block, rows, session
        self._held: Sequence[Metric] = ()
        self._counts: dict[int, str] = {}
        self._turn = 0

    def show(self, found: Sequence[Metric]) -> None:
        """These, with the counts that are known until they are counted anew."""
        self._turn += 1
        self._held = found[:ROWS]
        self._block.say_count(_("saved views") if found else "")
        none = _("There are no saved views yet. A list keeps what it shows under a name: ⋯ above it.")
        self._block.say("" if found else none)
        left = len(found) - len(self._held)
        more = ngettext("{count:,} more: choose which", "{count:,} more: choose which", left).format(count=left)
        self._block.offer_all(more if left else "", self.choose)
        self._tell()
        for screen in dict.fromkeys(metric.screen for metric in self._held):
            self._count([metric.view for metric in self._held if metric.screen == screen], self._turn)

    def _count(self, views: list[int], turn: int) -> None:
        """The views of one list together; what is known stays while nobody answers."""
        by, project = self._session.by, self._session.project

        def done(found: dict[int, int]) -> None:
            self._note({view: figures(found[view]) if view in found else UNKNOWN for view in views}, turn)

        def failed(_error: CRMError) -> None:
            self._note({view: self._counts.get(view, UNKNOWN) for view in views}, turn)

        self._session.work(
            lambda _progress: viewed.counts(views, by, project), label=_("Counting"), progress=False, done=done,
            failed=failed,
        )  # fmt: skip

    def _note(self, counts: dict[int, str], turn: int) -> None:
        if turn == self._turn and not self._block.isHidden():
            self._counts |= counts
            self._tell()

    def _tell(self) -> None:
        self._rows.show_rows([row_of(self._line(metric)) for metric in self._held])

    def _line(self, metric: Metric) -> Line:
        new = _("{count:,} new").format(count=metric.new) if metric.new else ""
        count = self._counts.get(metric.view, COUNTING)
        return Line((metric.screen, metric.view), metric.name, (Said(None, new), Said(None, count)))

    def open(self, line: Line) -> None:
        """The list through this view."""
        if line.opens is not None:
            view: Any = line.opens[1]
            opening.open_list(self._block, self._session, line.opens[0], view=view)

    def choose(self) -> None:
        """Which views are counted, and in which order."""
        from ui.pages.home.metrics_dialog import choose

        choose(self._session, self._block)


def tags(block: Block, session: Session) -> Filling:
    """The tags worn most as pills in three sizes; a press filters the list of what wears them (VT-29, VT-56)."""
    cloud = TagCloud(block)
    cloud.setContentsMargins(SIDE, 0, SIDE, 6)
    cloud.pressed.connect(lambda each: open_weighed(session, block.window(), each))
    block.hold(cloud)

    def show(found: Sequence[Weighed]) -> None:
        cloud.show_tags(found)
        for pill in cloud.findChildren(QPushButton):
            pill.installEventFilter(block)
        block.say_count(figures(len(found)) if found else "")

    def read(by: str, _project: int | None) -> list[Weighed]:
        return tags_of_office.cloud(by)

    return Filling(block, session, read, show, {"CRMTags", "CRMTaggings"})


OTHERS: dict[str, Callable[[Block, Session], Filling]] = {
    "today": today, "calls_today": calls_today, "dashboard": dashboard, "key_metrics": key_metrics, "tags": tags,
    "due_by_age": due_by_age,
}  # fmt: skip
"""by the names of their blocks"""
