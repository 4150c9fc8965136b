"""What the topic Calling asks about calling through lists (BX-4, BX-44…BX-47)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import settings
from channergy_crm.language import N_, _
from ui.editors.base import FlagEditor
from ui.editors.choices import ChoiceEditor

if TYPE_CHECKING:
    from ui.setup.settings_rows import TopicPage

POOL = [
    (settings.WHEN_REACHED, N_("when I reach somebody")), (settings.WHEN_GIVEN, N_("when the queue gives it to me")),
    (settings.NEVER, N_("not by itself")),
]  # fmt: skip
MINUTES = ("15", "30", "60", "120", "240", "1440")
WAITS = ("0", "5", "15", "30", "60")
SECONDS = (0, 3, 5, 10, 20, 30, 60)


def add_queue(page: TopicPage) -> None:
    """When somebody is called again, whose a lead is then, and what happens by itself."""
    page.add(settings.COOL_DOWN, _choices(page, [(each, each) for each in MINUTES]),
             hint=_("A queue leaves out whoever was called so recently, unless a call was agreed."))  # fmt: skip
    page.add(settings.CALL_BACK_WAIT, _choices(page, [(each, each) for each in WAITS]),
             hint=_("Until then it belongs to whoever promised it; while they are away, to anyone at once."),
             )  # fmt: skip
    page.add(settings.POOL, _choices(page, [(value, _(said)) for value, said in POOL]))
    never = [(0, _("only with Enter"))]
    page.add(settings.COUNTDOWN, ChoiceEditor([*never, *((each, str(each)) for each in SECONDS if each)], page,
                                              allow_empty=False), hint=_("Esc stops it."))  # fmt: skip
    page.add(settings.HINTS, FlagEditor(_("Yes"), page))


def _choices(page: TopicPage, choices: list[tuple[str, str]]) -> ChoiceEditor:
    return ChoiceEditor(choices, page, allow_empty=False)
