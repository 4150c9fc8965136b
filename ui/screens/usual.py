"""What a screen has that says nothing else: all its fields, and the commands every record knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, Own, _, source, varied
from ui.screen import Command, Screen, Section
from ui.screens import actions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.work.record import Record


def whole(screen: Screen) -> Screen:
    """The screen, with the usual sections and commands where it names none itself."""
    return varied(
        screen,
        sections=screen.sections or list(_sections(screen.record)),
        commands=screen.commands or list(_commands(screen.record)),
    )


def _sections(record: type[Record]) -> Iterator[Section]:
    kinds = [kind for kind in record.kinds().values() if not kind.own]
    kept = [kind.name for kind in kinds if kind.system or kind.primary_key]
    yield Section(source(record, "singular"), [kind.name for kind in kinds if kind.name not in kept])
    if kept:
        yield Section(N_("Numbers"), kept, folded=True)


def _commands(record: type[Record]) -> Iterator[Command]:
    kinds = record.kinds()
    yield Command("create", Own(_("Create {title}").format(title=record.singular)), actions.create, "add", "Ctrl+N",
                  role="list")  # fmt: skip
    yield Command("save", N_("Save Changes"), actions.save, "save", "Ctrl+S", actions.edited)
    yield Command("save_and_next", N_("Save and Next"), actions.save_and_next, "save_next", "Ctrl+Return or Ctrl+Enter",
                  actions.shown)  # fmt: skip
    yield Command("cancel", N_("Cancel Changes"), actions.cancel, "cancel", "Esc", actions.edited)
    yield Command("remove", N_("Remove"), actions.remove, "remove", "", actions.stored, "danger")
    if "phone" in kinds:
        yield Command("dial", N_("Dial Phone"), actions.dial, "phone", "F9",
                      actions.has("phone", N_("There is no phone number to dial.")), "strip")  # fmt: skip
    if "email" in kinds:
        yield Command("send_email", N_("Email"), actions.send_email, "email", "",
                      actions.has("email", N_("There is no e-mail address.")), "beside:email")  # fmt: skip
    if "website" in kinds:
        yield Command("open_website", N_("Open the website"), actions.open_website, "website", "",
                      actions.has("website", N_("There is no web address.")), "beside:website")  # fmt: skip
