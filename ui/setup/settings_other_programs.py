"""What Settings › Calling asks about other programs: a key that works in them, their links, softphones that ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from channergy_crm import settings, telephone_links
from channergy_crm.dialing import keyboard
from channergy_crm.language import _
from channergy_crm.store.addresses import url_of
from channergy_crm.store.database import default_url
from ui.editors.base import LineEditor
from ui.setup.settings_ways import if_typed
from ui.widgets.dialog import offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.setup.settings_rows import TopicPage


def add_other_programs(page: TopicPage, turned: Callable[[], object]) -> None:
    """A key that dials what is selected anywhere, links that come here, and what a softphone starts when it rings."""
    hint = keyboard.obstacle() or _("Such as ctrl+alt+j; empty for none. The number is dialed from here.")
    page.add(settings.SELECTED_KEY, LineEditor(page), hint=hint, check=if_typed(
        lambda text: keyboard.everywhere_problem(text, settings.dialers_keys(page.chosen.session.station))
    ))  # fmt: skip
    _add_links(page, turned)
    _add_command(page)


def _where(page: TopicPage) -> list[str]:
    """The words that name the office that is open, unless it is the usual one."""
    office = page.chosen.session.office
    return [] if office.path and url_of(office.path) == default_url() else ["--database", office.url]


def _add_links(page: TopicPage, turned: Callable[[], object]) -> None:
    def turn() -> None:
        if telephone_links.are_ours():
            telephone_links.take_back()
        else:
            telephone_links.register(*_where(page), "dial")
        say()
        turned()

    button = page.add_verb(
        "links", _("Telephone links of other programs"), _("Register"),
        lambda: page.chosen.session.attempt(turn),
        hint=_("A link such as tel:+16502530000 then asks here whether to dial."),
    )  # fmt: skip

    def tell(found: tuple[bool, str]) -> None:
        ours, why_not = found
        verb = _("Take back") if ours else _("Register")
        button.setText(verb)
        button.setAccessibleName(verb)
        offer(button, why_not)

    def say() -> None:  # the system is asked beside the window
        page.chosen.session.work(
            lambda _progress: (telephone_links.are_ours(), telephone_links.why_not()), label=_("Check"), progress=False,
            connected=False, done=tell, failed=lambda _error: None,
        )  # fmt: skip

    say()


def _add_command(page: TopicPage) -> None:
    line = telephone_links.as_line(telephone_links.program(*_where(page), "call-from"))

    def copy() -> None:
        QGuiApplication.clipboard().setText(line)
        page.chosen.session.say_done(_("Copied: {text}").format(text=line))

    page.add_verb(
        "rings", _("When somebody rings"), _("Copy the command"), copy,
        hint=_("A softphone that runs it with the number behind it shows here who rings."),
    )  # fmt: skip
