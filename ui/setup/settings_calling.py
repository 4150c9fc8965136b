"""The topic Calling: how this workstation dials, with a dial to try it (CH-46), and what the results of a call mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import dialing, settings
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.dialing.uri import UriScheme
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from ui.editors.base import FlagEditor, LineEditor, NumberEditor
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.session.background import Background
from ui.session.beside import Beside
from ui.setup.settings_rows import SHORT, TopicPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.dialing import Clipboard
    from channergy_crm.dialing.bridge import OpenUri
    from ui.session.chosen import Chosen

SCHEMES = ("tel", "callto", "sip")
LONGEST_WAIT = 10_000
OF_WAYS: dict[str, tuple[settings.Setting[object], ...]] = {
    "clipboard_hotkey": (
        settings.HOTKEY, settings.PASTE_KEY, settings.WAIT_BEFORE_HOTKEY, settings.WAIT_BEFORE_PASTE,
        settings.PRESS_ENTER, settings.RESTORE_CLIPBOARD,
    ),
    "uri": (settings.URI_SCHEME,),
}  # fmt: skip
"""what each way to dial needs"""


class CallingTopic(TopicPage):
    """The ways to dial, what the chosen one needs, and *Try it with a number…*."""

    def __init__(
        self, chosen: Chosen, parent: QWidget, *, clipboard: Clipboard | None = None, open_uri: OpenUri | None = None
    ) -> None:
        super().__init__(_("Calling"), chosen, parent, "dialing")
        self._ends = (clipboard, open_uri)
        self._station = chosen.session.station
        self._work = Beside(Background(self), chosen.session.office, chosen.session.tell)
        self._asked: list[object] = []
        self.begin(_("The dialer"))
        ways = [(bridge.name, bridge.label) for bridge in dialing.bridges(self._station, *self._ends)]
        self._way = self.add(settings.BRIDGE, ChoiceEditor(ways, self, allow_empty=False))
        self._add_keys()
        self.add(settings.URI_SCHEME, SuggestEditor(SCHEMES, self), check=scheme_problem)
        self.add_verb("try", "", _("Try it with a number…"), self._try, sign="phone",
                      hint=_("Dials for real, such as your own mobile phone."))  # fmt: skip
        self.begin(_("After a call"))
        self.add_verb("results", _("Results on the keys 1 to 9"), _("Arrange the results…"), self._arrange,
                      hint=_("Their digits, the status they bring, when to try again. The same for every operator, "
                             "so that hands learn it."))  # fmt: skip
        self.close_up()
        self.look()

    def _add_keys(self) -> None:
        for key in (settings.HOTKEY, settings.PASTE_KEY):
            self.add(key, LineEditor(self), check=key_problem)
        for wait in (settings.WAIT_BEFORE_HOTKEY, settings.WAIT_BEFORE_PASTE):
            self.add(wait, NumberEditor(self, minimum=0, maximum=LONGEST_WAIT), check=needed, width=SHORT)
        for flag in (settings.PRESS_ENTER, settings.RESTORE_CLIPBOARD):
            self.add(flag, FlagEditor(_("Yes"), self))

    def look(self) -> None:
        """Everything as it is now; only what the chosen way needs is asked."""
        super().look()
        for way, asked in OF_WAYS.items():
            for setting in asked:
                if setting in self.rows:
                    self.show_row(setting, way == self._station.get(settings.BRIDGE))
        now = [self._station.get(setting) for setting in self.rows]
        if now != self._asked:
            self._asked = now
            self._check()

    def _check(self) -> None:
        """Whether the chosen way can work here is found out beside the window: it asks the screen and the clipboard."""
        asked, bridge = self._asked, dialing.chosen(self._station, *self._ends)
        well = _("This works here.")
        if bridge.keys:
            well = _("Keys can be pressed here. Whether a dialer listens to them, a try shows.")

        def say(trouble: str | None) -> None:
            if asked is self._asked:
                self._way.say(trouble or well, "overdue" if trouble else "done")

        self._work(
            lambda _progress: bridge.check(), label=_("Check"), done=say, failed=lambda error: say(error.message)
        )

    def _try(self) -> None:
        from ui.setup.try_dialing import TryDialing

        self.finish()
        clipboard, open_uri = self._ends
        session = self.chosen.session
        TryDialing(
            self._station, session.by, self, office=session.office, clipboard=clipboard, open_uri=open_uri
        ).exec()  # fmt: skip

    def _arrange(self) -> None:
        from ui.setup.results_dialog import ResultsDialog

        ResultsDialog(self._station, self.chosen.session.by, self).exec()


def key_problem(text: str) -> str | None:
    """A sentence when there is no such key."""
    try:
        Hotkey.read(text)
    except Mistake as mistake:
        return mistake.message
    return None


def scheme_problem(text: str) -> str | None:
    """A sentence when no link begins so."""
    return UriScheme(text, lambda _link: True).check()


def needed(value: int | None) -> str | None:
    """A wait is a number."""
    return (
        _("Type a number of milliseconds from 0 to {longest_wait:,}.").format(longest_wait=LONGEST_WAIT)
        if value is None
        else None
    )
