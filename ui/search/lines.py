"""What the search box has found and can do, as lines to choose from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import _, one
from channergy_crm.services import global_search
from ui.look.icons import icon
from ui.search.results import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.global_search import Group, Hit
    from channergy_crm.services.search_writing import Writing
    from ui.search.commands import Offer


def of_group(
    group: Group, text: str, box: QWidget, open_hit: Callable[[Hit], object], open_list: Callable[[str], object]
) -> list[Line]:
    """One record type: its hits, each with the words marked, and how many more there are."""
    terms, place = global_search.read(text.removeprefix("#")), group.place
    lines = [Line(place.record.plural, heading=True)]
    for hit in group.hits:
        side = " · ".join(
            part for part in (hit.standing, _("of {operator}").format(operator=hit.owner) if hit.owner else "") if part
        )
        lines.append(Line(
            hit.title, hit.detail, side, icon(place.about.icon, box), global_search.marks(hit.title, terms),
            global_search.marks(hit.detail, terms), partial(open_hit, hit),
        ))  # fmt: skip
    if group.more and place.about.screen:
        more = _("{count:,} more in {records}") if group.counted else _("More than {count:,} more in {records}")
        more = more.format(count=group.more, records=place.record.plural)
        lines.append(Line(more, sign=icon("goto", box), run=partial(open_list, place.about.screen)))
    elif group.more or group.others:
        count = group.more + group.others
        others = _("{count:,} more of other operators; type another word.")
        said = _("{count:,} more; type another word.") if group.more else others
        lines.append(remark(said.format(count=count)))
    return lines


def of_writings(
    writings: Sequence[Writing], text: str, box: QWidget, come_to: Callable[[Writing], object]
) -> list[Line]:  # fmt: skip
    """Notes, documents and filed mails: the record they stand at, and the piece with the words in it."""
    terms, lines, kind = global_search.read(text), list[Line](), None
    for each in writings:
        if each.kind is not kind:
            kind = each.kind
            lines.append(Line(kind.plural, heading=True))
        sign, marks = icon(each.kind.about.icon, box), global_search.marks(each.piece, terms)
        lines.append(Line(each.title, each.piece, one(each.at), sign, detail_marks=marks, run=partial(come_to, each)))
    return lines


def of_offers(offers: Sequence[Offer], run: Callable[[Offer], object]) -> list[Line]:
    """The commands, each with its key."""
    return _headed(_("Commands"), offers, run)


def of_tags(offers: Sequence[Offer], run: Callable[[Offer], object]) -> list[Line]:
    """The tags; each leads to what wears it."""
    return _headed(_("Tags"), offers, run)


def of_settings(offers: Sequence[Offer], run: Callable[[Offer], object]) -> list[Line]:
    """What can be set, below what can be done and what is found."""
    return _headed(_("Settings"), offers, run)


def _headed(title: str, offers: Sequence[Offer], run: Callable[[Offer], object]) -> list[Line]:
    lines = [Line(offer.text, offer.detail, offer.key, offer.sign, run=partial(run, offer)) for offer in offers]
    return [Line(title, heading=True), *lines] if lines else []


def of_recent(texts: Sequence[str], box: QWidget, again: Callable[[str], object]) -> list[Line]:
    """What was searched for before on this workstation."""
    lines = [Line(text, sign=icon("clock", box), run=partial(again, text)) for text in texts]
    return [Line(_("Recent searches"), heading=True), *lines] if lines else []


def nothing(text: str) -> Line:
    """Nothing was found: what helps."""
    said = _("Nothing matches “{text}”. Fewer letters find more; words may stand in any order.")
    return remark(said.format(text=text.strip()))


def of_project(name: str, box: QWidget, everywhere: Callable[[], object]) -> list[Line]:
    """That only records of one project were looked for, and the way to those of all; nothing where there is none."""
    if not name:
        return []
    said = _("Only in the project {project}").format(project=name)
    return [Line(_("Look in all projects"), said, sign=icon("search", box), run=everywhere)]


def remark(text: str) -> Line:
    """A sentence nobody can choose."""
    return Line(text)
