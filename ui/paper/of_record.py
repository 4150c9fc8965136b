"""A record on one page: what it is called, what matters most, every group of its form, its long texts whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import _
from ui.forms.sections import OWN_FIELDS
from ui.paper.list_pages import footer
from ui.paper.sheet import LINE, MARGIN, POINT, Page, Paper, Rule, Sheet, Words, sheet
from ui.paper.written import by_whom, office_name, on_paper, whole_text
from ui.session.allowed import hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.forms.record_panel import RecordPanel
    from ui.session.session import Session

FACTS = ("phone", "call_code", "reminder_date", "stage", "amount", "close_date_1")
"""what is read first, of the fields a record has; four of them have room"""
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""points: the largest letters in which all of it has room on one page"""
GAP, LABEL = 20 * POINT, 0.36
"""between two columns; and how much of a column its labels take"""


class Group(NamedTuple):
    """A part of the form: its title, short values beside their labels, and long texts across the page."""

    title: str
    short: list[tuple[str, str]]
    long: list[tuple[str, str]]


class Told(NamedTuple):
    """What is said of one record."""

    office: str
    title: str
    about: str
    by: str
    facts: list[tuple[str, str]]
    groups: list[Group]


def told(panel: RecordPanel, session: Session) -> Told:
    """What the record that is open says now, also what was typed and is not saved yet; empty fields say nothing."""
    record = panel.record
    values: dict[str, Any] = {name: getattr(record, name) for name in record.kinds()} | panel.form.changes()
    title = record.caption() if not record.is_new else _("New {record}").format(record=record.singular)
    for name in hidden(session, type(record)):
        values[name] = None  # whoever prints it is not shown it
    groups = [_group(section.title, section.fields, record, values) for section in panel.screen_.sections]
    own = [kind.name for kind in type(record).own_fields() if not kind.off_form]
    groups.append(_group(_(OWN_FIELDS), own, record, values))
    about = record.singular if record.is_new else f"{record.singular} {record.key}"
    facts = [(record.kind(name).label, text) for name, text in _facts(record, values)][:4]
    return Told(office_name(session), title, about, by_whom(session), facts,
                _titled([group for group in groups if group.short or group.long]))  # fmt: skip


def _titled(groups: list[Group]) -> list[Group]:
    """A part of the form without a title belongs to the one before it."""
    found: list[Group] = []
    for group in groups:
        if found and not group.title:
            found[-1].short.extend(group.short)
            found[-1].long.extend(group.long)
        else:
            found.append(group)
    return found


def _facts(record: Any, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in FACTS:
        if name in record.kinds() and (text := on_paper(record.kind(name), values[name])):
            at = values.get("reminder_time") if name == "reminder_date" else None
            yield name, f"{text} {at:%H:%M}" if at else text


def _group(title: str, names: Any, record: Any, values: dict[str, Any]) -> Group:
    group = Group(title, [], [])
    for name in names:
        kind = record.kind(name)
        if text := whole_text(kind, values[name]):
            (group.long if kind.edited_by == "lines" else group.short).append((kind.label, text))
    return group


def laid_out(said: Told) -> Paper:
    """On one page if it has room there in letters one can read; otherwise it goes on, and nothing is lost."""
    for size in SIZES:
        made = _RecordPages(said, sheet(size=size)).fill()
        if len(made.pages) == 1:
            return made
    return _RecordPages(said, sheet(size=SIZES[2])).fill()


class _RecordPages:
    """Puts line under line."""

    def __init__(self, said: Told, paper: Sheet) -> None:
        self.said, self.sheet = said, paper
        self.line = LINE * paper.height_of("text")
        self.column = (paper.room - GAP) / 2
        self.pages = [Page()]
        self.y = MARGIN

    def fill(self) -> Paper:
        self._head()
        for group in self.said.groups:
            self._group(group)
        for number, page in enumerate(self.pages, 1):
            footer(page, self.sheet, f"{self.said.office} · {self.said.by}", number, len(self.pages))
        return Paper(self.said.title, self.sheet, self.pages)

    def _say(self, text: str, x: float, style: str = "text", *, y: float | None = None) -> None:
        self.pages[-1].words.append(Words(text, x, self.y if y is None else y, style))

    def _room(self, height: float) -> None:
        """A new page when there is no room for this in one piece."""
        if self.y + height > self.sheet.bottom:
            self.pages.append(Page())
            self.y = MARGIN

    def _rule(self, *, strong: bool = False) -> None:
        self.pages[-1].rules.append(Rule(MARGIN, self.y, self.sheet.room, strong))

    def _head(self) -> None:
        paper = self.sheet
        for text in paper.fitted(self.said.title, paper.room, "title", 3):
            self.y += LINE * paper.height_of("title")
            self._say(text, MARGIN, "title")
        self.y += self.line
        self._say(self.said.about, MARGIN, "small")
        self.y += self.line
        self._facts()
        self._rule(strong=True)

    def _facts(self) -> None:
        facts, paper = self.said.facts, self.sheet
        if not facts:
            return
        width = (paper.room - GAP * (len(facts) - 1)) / len(facts)
        texts = [paper.fitted(text, width, "fact", 2) for _label, text in facts]
        step = LINE * paper.height_of("fact")
        self.y += self.line
        for place, ((label, _text), lines) in enumerate(zip(facts, texts, strict=True)):
            x = MARGIN + place * (width + GAP)
            self._say(label, x, "small")
            for number, text in enumerate(lines, 1):
                self._say(text, x, "fact", y=self.y + step * number)
        self.y += step * max(map(len, texts)) + 0.7 * self.line

    def _group(self, group: Group) -> None:
        self._room(4 * self.line)
        if group.title:
            self.y += 1.9 * self.line
            self._say(group.title, MARGIN, "section")
            self.y += 0.4 * self.line
            self._rule()
        else:
            self.y += 0.4 * self.line
        for place in range(0, len(group.short), 2):
            self._pair(group.short[place : place + 2])
        for label, text in group.long:
            self._long(label, text)

    def _pair(self, pair: list[tuple[str, str]]) -> None:
        label_width, paper = LABEL * self.column, self.sheet
        cells = [
            (paper.fitted(label, label_width - 4 * POINT, "small"), paper.fitted(text, self.column - label_width))
            for label, text in pair
        ]
        deepest = max(max(len(labels), len(lines)) for labels, lines in cells)
        self._room(deepest * self.line)
        self.y += 0.15 * self.line
        for place, (labels, lines) in enumerate(cells):
            x = MARGIN + place * (self.column + GAP)
            for number, text in enumerate(labels, 1):
                self._say(text, x, "small", y=self.y + self.line * number)
            for number, text in enumerate(lines, 1):
                self._say(text, x + label_width, y=self.y + self.line * number)
        self.y += self.line * deepest

    def _long(self, label: str, text: str) -> None:
        self._room(2.2 * self.line)
        self.y += 1.2 * self.line
        self._say(label, MARGIN, "small")
        for line in self.sheet.fitted(text, self.sheet.room):
            self._room(self.line)
            self.y += self.line
            self._say(line, MARGIN)
