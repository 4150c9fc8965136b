"""The topic Calling: how this workstation dials, with a dial to try it (CH-46), and what the results of a call mean."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm import dialing, settings
from channergy_crm.dialing import number, presets, ways
from channergy_crm.language import _
from channergy_crm.services import office
from ui.editors.choices import ChoiceEditor
from ui.session.background import Background
from ui.session.beside import Beside
from ui.setup import settings_ways
from ui.setup.settings_other_programs import add_other_programs
from ui.setup.settings_queue import add_queue
from ui.setup.settings_rows import CONTROL, Hint, TopicPage
from ui.setup.settings_secret import SecretLine
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.dialing import Bridge, Clipboard
    from channergy_crm.dialing.bridge import OpenUri
    from ui.session.chosen import Chosen


class CallingTopic(TopicPage):
    """The ways to dial, what the chosen one needs, and *Try it with a number…*."""

    def __init__(
        self, chosen: Chosen, parent: QWidget, *, clipboard: Clipboard | None = None, open_uri: OpenUri | None = None
    ) -> None:
        super().__init__(_("Calling"), chosen, parent, "dialing")
        self._ends = (clipboard, open_uri)
        self._station, self._by = chosen.session.station, chosen.session.by
        self._work = Beside(Background(self), chosen.session.office, chosen.session.tell)
        self._asked: list[object] = []
        self._secrets: dict[str, SecretLine] = {}
        self.begin(_("The dialer"))
        names = [(bridge.name, bridge.label) for bridge in dialing.bridges(self._station, *self._ends)]
        self._way = self.add(settings.BRIDGE, ChoiceEditor(names, self, allow_empty=False))
        settings_ways.add_keys(self)
        self._preset = self._add_preset()
        settings_ways.add_command(self)
        settings_ways.add_asterisk(self, self._add_secret)
        settings_ways.add_address(self, self._by, self._add_secret)
        settings_ways.add_telephone(self, self._by)
        self.add_verb("try", "", _("Try it with a number…"), self._try, sign="phone",
                      hint=_("This dials for real: try your own mobile phone."))  # fmt: skip
        self.begin(_("Other programs"))
        add_other_programs(self, self._links_turned)
        self.begin(_("The number"))
        settings_ways.add_writing(self, self._chosen_way())
        self.begin(_("Calling through a list"))
        add_queue(self)
        self.begin(_("After a call"))
        self.add_verb("results", _("Results on the keys 1 to 9"), _("Arrange the results…"), self._arrange,
                      hint=_("Their digits, the status they bring, when to try again. The same for every operator, "
                             "so that hands learn it."))  # fmt: skip
        self.close_up()
        self.look()

    def _add_preset(self) -> ChoiceEditor:
        """Phone programs that are known: choosing one fills its lines in."""
        known = [(preset.name, preset.name) for preset in presets.PRESETS]
        editor = named(ChoiceEditor([("own", _("Another program")), *known], self, allow_empty=False),
                       "dialing.preset", _("Phone program"))  # fmt: skip
        editor.changed.connect(self._fill_in)
        self._widths[editor] = CONTROL
        self._put(_("Phone program"), editor, Hint(_("Fills in the lines below, which may be changed."), self._middle))
        return editor

    def _add_secret(self, way: str) -> None:
        hint = Hint(_("Kept in the key store of this system, not among the settings."), self._middle)
        which = settings_ways.SECRETS[way]
        line = SecretLine(f"dialing.{way}_secret", _("Password there"), ways.secret_name(which, self._by), hint,
                          self._work, self)  # fmt: skip
        self._widths[line] = CONTROL
        self._put(_("Password there"), line, hint)
        self._secrets[way] = line

    def _chosen_way(self) -> str:
        return str(self._station.get(settings.BRIDGE))

    def look(self) -> None:
        """Everything as it is now; only what the chosen way needs is asked."""
        way = self._chosen_way()
        self._take_up(way)
        super().look()
        for setting in self.rows:
            self.show_row(setting, settings_ways.is_shown(setting, way, self._station.get))
        self._show_more(self._preset, way == "command")
        for of, line in self._secrets.items():
            self._show_more(line, of == way)
            line.look()
        self._preset.set_value(presets.known(self._station.get(settings.COMMAND)) or "own")
        now = [self._station.get(row.setting) for row in self.rows.values()]
        if now != self._asked:
            self._asked = now
            self._check()

    def finish(self) -> None:
        """Whoever goes away has chosen, and typed a password to be kept."""
        super().finish()
        for line in self._secrets.values():
            line.finish()

    def _take_up(self, way: str) -> None:
        """How numbers are written belongs to the way."""
        for setting in settings.WRITING:
            if setting in self.rows and self.rows[setting].setting != setting.of(way):
                self.rows[setting].setting = setting.of(way)
                self.rows[setting].editor.set_value(self._station.get(setting.of(way)))
        if settings.FORM in self.rows:
            editor = self.rows[settings.FORM].editor
            editor.set_choices(settings_ways.forms(way))

    def _show_more(self, control: Any, on: bool) -> None:
        for part in self._cells[control]:
            part.setVisible(on)

    def _fill_in(self) -> None:
        preset = next((each for each in presets.PRESETS if each.name == self._preset.value()), None)
        if preset is None:
            return
        lines = (settings.COMMAND, settings.HANG_UP_COMMAND)
        before = self._station.get(lines[0]), self._station.get(lines[1])
        self._put_lines((preset.command, preset.hang_up))
        said = _("{setting}: {value}.").format(setting=_("Phone program"), value=preset.name)
        self.chosen.session.notices.say(said, undo=partial(self._put_lines, before), level="done")

    def _put_lines(self, texts: tuple[str, str]) -> None:
        for line, text in zip((settings.COMMAND, settings.HANG_UP_COMMAND), texts, strict=True):
            self._station.set(line, text)
            self.rows[line].editor.set_value(text)
        self.chosen.changed.emit()

    def _bridge(self) -> Bridge:
        return dialing.chosen(self._station, *self._ends, operator=self._by, region=office.region())

    def _check(self) -> None:
        """Whether the chosen way can work here is found out beside the window: it asks the screen and the clipboard."""
        asked, bridge = self._asked, self._bridge()
        well = _("This works here.") if bridge.sure else _("Nothing is missing. Whether it is heard, a try shows.")
        if bridge.keys:
            well = _("Keys can be pressed here. Whether a dialer listens to them, a try shows.")

        def look_at_it(_progress: object) -> tuple[str | None, str]:
            trouble = bridge.check()
            return trouble, "" if trouble else bridge.preview(number.example(office.region()))

        def say(found: tuple[str | None, str]) -> None:
            trouble, sent = found
            if asked is self._asked:
                self._way.say(trouble or well, "overdue" if trouble else "done")
                self.rows[settings.FORM].say(sent)

        self._work(look_at_it, label=_("Check"), done=say, failed=lambda error: say((error.message, "")))

    def _try(self) -> None:
        from ui.setup.try_dialing import TryDialing

        self.finish()
        clipboard, open_uri = self._ends
        session = self.chosen.session
        TryDialing(
            self._station, session.by, self, office=session.office, clipboard=clipboard, open_uri=open_uri
        ).exec()  # fmt: skip

    def _links_turned(self) -> None:
        """Telephone links come here from now on, or do not any more; that may be what the chosen way dials through."""
        self._asked = []
        self.look()

    def _arrange(self) -> None:
        from ui.setup.results_dialog import ResultsDialog

        ResultsDialog(self._station, self.chosen.session.by, self).exec()
