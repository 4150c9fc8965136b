"""Every kind of field has its editor and its way to be shown, by the words it says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import fields
from channergy_crm.records import lookups
from channergy_crm.services import lookups as lists
from tests.domain.test_kinds import CHOICES, VALUES, Thing
from tests.made import colleague
from ui.editors.for_kind import EDITORS, editor_for, lookup_choices, refresh_choices, stored, width_of
from ui.look.wording import SHOWN, in_full, shown

if TYPE_CHECKING:
    from channergy_crm.fields.lists import Choice

pytestmark = pytest.mark.engines("sqlite")

EDITED = [name for name, kind in Thing.kinds().items() if name != "link" and not kind.hidden]
WORDS = {
    "text": "=Ann Lee", "lookup": "Books; old and new", "multi_lookup": "Books; old and new, Toys", "percent": "7 %",
    "flag": "✓", "time": "00:00", "number": "1", "owner": "ADMIN",
}  # fmt: skip


@pytest.fixture
def listed(office: Any) -> list[Choice]:
    """The lists of the office, as the values of the kinds have them, and a second operator."""
    colleague()
    for field in ("Topic", "Topics"):
        for choice in CHOICES:
            lists.add("Things", field, choice.value, "ADMIN", description=choice.description)
    return lookups.choices("Things", "Topic")


@pytest.mark.parametrize("cls", fields.__all__)
def test_every_kind_names_an_editor_and_a_look_there_is(cls: str) -> None:
    kind = getattr(fields, cls)
    assert kind.edited_by in EDITORS
    assert kind.shown_as in SHOWN


@pytest.mark.parametrize("name", EDITED)
@pytest.mark.parametrize("in_grid", [False, True])
def test_an_editor_gives_back_what_the_kind_holds(qtbot: Any, listed: Any, name: str, in_grid: bool) -> None:
    kind = Thing.kind(name)
    editor = editor_for(kind, by=lambda: "ADMIN", in_grid=in_grid)
    qtbot.addWidget(editor)
    for value in VALUES[name]:
        if not (in_grid and isinstance(value, str) and "\n" in value):
            editor.set_value(value)
            assert stored(kind, editor.value()) == value
    refresh_choices(editor, kind, lambda: "ADMIN")
    editor.set_value(kind.empty)
    assert stored(kind, editor.value()) == kind.empty
    assert width_of(kind) > 0


@pytest.mark.parametrize("name", EDITED)
def test_a_list_shows_what_the_kind_holds(listed: Any, name: str) -> None:
    kind, value = Thing.kind(name), VALUES[name][0]
    said = shown(kind, value)
    assert said == WORDS.get(name, said) and said
    assert in_full(kind, value)
    assert shown(kind, kind.empty) == ""


def test_a_drop_down_offers_nothing_to_who_may_not_work_here(listed: Any) -> None:
    assert lookup_choices(Thing.kind("lookup"), "ADMIN")
    assert lookup_choices(Thing.kind("lookup"), "NOBODY") == []
