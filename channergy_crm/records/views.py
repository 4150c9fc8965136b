"""Saved list views: which rows, which columns, in what order (BX-13, VT-143…VT-149)."""

from __future__ import annotations

import json

from channergy_crm.fields import Flag, LongText, Number, Owner, RecordNumber, Text
from channergy_crm.language import quoted
from channergy_crm.records.operators import Operator
from channergy_crm.work.about import About
from channergy_crm.work.record import Record


class ListView(Record):
    """A way to look at one list, kept under a name: shared with the office unless it is only for its owner (K27)."""

    number = RecordNumber("View #", column_name="ViewNo")
    screen = Text("List", column_name="ScreenName", required=True, system=True, limit=60, index=True)
    name = Text("Name", column_name="ViewName", required=True, limit=60)
    filter_text = Text("Filter", column_name="FilterText", limit=2000)
    columns = LongText("Columns", column_name="ColumnNames", system=True)
    order = LongText("Order", column_name="SortOrder", system=True)
    colours = LongText("Colours", column_name="ColourRules", system=True)
    shared = Flag("Shared with the office", column_name="IsShared", default=True)
    pinned = Flag("Shown above the list", column_name="IsPinned")
    opens = Flag("The list opens with it", column_name="IsDefault")
    place = Number("Place", column_name="SortNo")
    most_tries = Number("Tries at most", column_name="MostTries", least=1, most=99)
    cool_down = Number("Not again for (minutes)", column_name="CoolDownMinutes", most=43_200)
    most_a_day = Number("Calls a day at most", column_name="MostADay", least=1, most=100_000)
    owner = Owner(Operator, "Operator ID", column_name="OwnerOperatorID", required=True, system=True)

    singular = "View"
    plural = "Views"
    about = About(internal=True)

    class Meta:
        table_name = "CRMListViews"

    def caption(self) -> str:
        return quoted(self.name)

    def column_names(self) -> list[str]:
        """The python names of its columns; none when it leaves the columns as they are."""
        return [str(name) for name in _list_in(self.columns)]

    def sort_order(self) -> list[tuple[str, bool]]:
        """What it is sorted by, first to last, and whether downwards."""
        pairs = (pair for pair in _list_in(self.order) if isinstance(pair, list) and len(pair) == 2)
        return [(str(name), bool(descending)) for name, descending in pairs]

    def colour_rules(self) -> list[tuple[str, str]]:
        """Typed filters and the colour, by meaning, of the rows they find."""
        pairs = (pair for pair in _list_in(self.colours) if isinstance(pair, list) and len(pair) == 2)
        return [(str(text), str(ink)) for text, ink in pairs]


def _list_in(text: str) -> list[object]:
    try:
        held = json.loads(text) if text else []
    except ValueError:
        return []
    return held if isinstance(held, list) else []
