"""From a tag to the rows that wear it: the list of the type that wears it most often, filtered (BX-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.tags import Weighed
    from channergy_crm.work.record import Record
    from ui.session.session import Session


def filter_for(name: str) -> str:
    """The typed filter that finds what wears a tag: `tag:"fair 2026"`."""
    return f"tag:{name}" if name.isalnum() else f'tag:"{name}"'


def open_rows(session: Session, window: QWidget, name: str, record: type[Record]) -> None:
    """Show the list of these records, filtered by a tag."""
    screen = record.about.screen
    if not screen:
        session.notices.say(_("{records} have no list of their own.").format(records=record.plural))
        return
    session.go_to(screen)
    search = window.findChild(QLineEdit, f"{screen}.search")
    if search is not None and search.isVisible():
        search.setText(filter_for(name))


def open_weighed(session: Session, window: QWidget, each: Weighed) -> None:
    """A tag of the cloud was pressed: where only one type wears it its list is opened, otherwise it is asked which."""
    kinds: Sequence[type[Record]] = [record for record in each.counts if record.about.screen]
    if len(kinds) > 1:
        kinds = _asked(window, each, kinds)
    if kinds:
        open_rows(session, window, str(each.tag.name), kinds[0])


def _asked(window: QWidget, each: Weighed, kinds: Sequence[type[Record]]) -> Sequence[type[Record]]:
    """A menu under the pointer, the type that wears it most often first."""
    from PySide6.QtGui import QCursor

    from ui.widgets.menu import Menu

    menu: Any = Menu(window)
    menu.setObjectName("tags.which")
    menu.setAccessibleName(_("Which records"))
    entries = {}
    for record in sorted(kinds, key=lambda kind: -each.counts[kind]):
        entry = menu.addAction(f"{record.plural}  {each.counts[record]:,}")
        entry.setObjectName(f"tags.which_{record.about.screen}")
        entries[entry] = record
    chosen = menu.exec(QCursor.pos())
    menu.deleteLater()
    return [entries[chosen]] if chosen in entries else []
