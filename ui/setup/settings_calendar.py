"""The topic Calendar: what is handed to other programs, where the file lies they subscribe to, what comes from them.

Which programs subscribe to a file, and which only to a web address, is said here with how (SI-31).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from channergy_crm.language import _
from channergy_crm.services import rights
from channergy_crm.settings import HAND_OVER, TIME_ZONE
from channergy_crm.text.file_names import is_folder
from channergy_crm.transfer.calendars import feed, zones
from ui.editors.base import FlagEditor, LineEditor
from ui.setup.settings_rows import TopicPage
from ui.widgets.dialog import offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.session.chosen import Chosen

LONGEST, WIDE = 400, 440


class CalendarTopic(TopicPage):
    """What holds for whoever works here, at this workstation, and the zone of the office."""

    def __init__(self, chosen: Chosen, parent: QWidget, take_in: Callable[[], object]) -> None:
        super().__init__(_("Calendar"), chosen, parent)
        self._session = chosen.session
        self._folder = feed.folder_of(self._session.office, self._session.by)
        self.begin(_("Into your calendar"))
        self.add(
            HAND_OVER.of(self._session.by), FlagEditor(_("Open in the calendar of this system"), self), width=WIDE,
            hint=_("Once, when Add to my calendar is ticked. What changes later stands in the calendar file."),
        )  # fmt: skip
        self.add(self._folder, LineEditor(self, max_length=LONGEST), check=folder_problem)
        self.add_verb("choose_folder", "", _("Choose a folder…"), self._choose)
        self._copy = self.add_verb(
            "copy_address",
            "",
            _("Copy its address"),
            self._copy_address,
            hint=_("A program that subscribes asks for it."),
        )
        self.begin(_("Programs that subscribe to the file itself"))
        for line in self_subscribing():
            self.add_word(line)
        self.begin(_("Programs that subscribe to a web address only"))
        for line in by_address():
            self.add_word(line)
        self.begin(_("From other calendars"))
        self.add_verb(
            "take_in", _("From a calendar file"), _("Choose a file…"), take_in,
            hint=_("Or drop it on the window. An event becomes a task of yours, or changes the one it is of."),
        )  # fmt: skip
        self.begin(_("The office"))
        if refused := rights.may(self._session.by, "administer"):
            self.add_word(refused, "overdue")
        self.add(TIME_ZONE, LineEditor(self, max_length=zones.LONGEST), check=zones.problem, hint=_zone_said())
        self.close_up()
        self.look()

    def look(self) -> None:
        """Everything as it is now."""
        super().look()
        if not hasattr(self, "_copy"):
            return
        path = self._path()
        said = (
            _("It is kept up to date in {file}.").format(file=_breakable(path))
            if path
            else _("None yet. In a folder you choose it is kept up to date.")
        )
        self.rows[self._folder].say(said)
        offer(self._copy, "" if path else _("Choose a folder first."))

    def _path(self) -> Path | None:
        session = self._session
        return session.attempt(lambda: feed.place(session.office, session.by, session.station))

    def _choose(self) -> None:
        here = str(self.chosen.get(self._folder))
        folder = QFileDialog.getExistingDirectory(self, _("Folder of the calendar file"), here)
        if folder:
            self.chosen.choose(self._folder, folder, folder)
            self.look()

    def _copy_address(self) -> None:
        path = self._path()
        if path is not None:
            address = QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
            QGuiApplication.clipboard().setText(address)
            self._session.notices.say(_("Copied: {text}").format(text=address), level="done")


def folder_problem(typed: str | None) -> str | None:
    """A sentence when no file can be kept there; none at all is no file."""
    if not typed:
        return None
    if not Path(typed).is_absolute():
        return _("Type the whole path of a folder.")
    return None if is_folder(typed) else _("There is no folder {folder}.").format(folder=typed)


def self_subscribing() -> list[str]:
    """These read the file where it lies, and follow it."""
    return [
        _("Thunderbird: New Calendar › On the Network, and paste the address of the file."),
        _("Evolution: New › Calendar › On This Computer › Use an existing iCalendar file."),
        _("KOrganizer: Add Calendar › iCal Calendar File."),
    ]


def by_address() -> list[str]:
    """These need a folder that stands in the web, such as one of a cloud drive."""
    return [
        _("Google Calendar: Other calendars › From URL."),
        _("Outlook: Add calendar › Subscribe from web."),
        _("Apple Calendar: File › New Calendar Subscription."),
        _("Choose a folder that a cloud drive or a web server publishes, and give them the web address of the file "
          "there. Whoever knows that address reads it. They look again only every few hours."),
        _("Opened with a double click, the file is copied once and does not follow."),
    ]  # fmt: skip


def _zone_said() -> str:
    here = zones.here()
    if not here:
        return _("Such as Europe/Berlin. Empty: times stand in calendars without a zone.")
    return _("Such as Europe/Berlin. Empty: as this workstation, {zone}.").format(zone=here)


def _breakable(path: Path) -> str:
    """A path that may be broken between its folders."""
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")
