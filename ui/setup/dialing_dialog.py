"""Chooses how this workstation dials, with a dial to try it (CH-46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import dialing, settings
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.services import calls
from channergy_crm.settings import Station
from ui.editors.base import FlagEditor, LineEditor, NumberEditor
from ui.editors.choices import SuggestEditor
from ui.session.background import Background
from ui.session.beside import Beside, Told
from ui.session.dial_keys import DialKeys
from ui.session.notices import INKS
from ui.setup.field_form import SettingFields
from ui.widgets.dialog import Dialog, Plain, Remark, scrolling
from ui.widgets.option import Option

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from channergy_crm.dialing import Bridge, Clipboard, Dialed
    from channergy_crm.dialing.bridge import OpenUri
    from channergy_crm.store.database import Office
    from ui.session.background import Progress

SCHEMES = ("tel", "callto", "sip")
LONGEST_WAIT = 10_000


class Trial(Station):
    """The settings of a workstation as somebody tries them out: nothing is written to the disk."""

    def remember(self, name: str, value: object) -> None:
        """Only until the dialog is closed."""
        self._values[name] = value


class DialingDialog(Dialog):
    """The ways to dial, each with what it needs, and *Test dial*, which really dials with what is chosen here."""

    def __init__(
        self,
        station: Station,
        by: str,
        parent: QWidget | None = None,
        *,
        office: Office | None = None,
        clipboard: Clipboard | None = None,
        open_uri: OpenUri | None = None,
    ) -> None:
        super().__init__("dialing", _("Dialing"), parent, station, size=(580, 580))
        self._station, self._by, self._ends = station, by, (clipboard, open_uri)
        self._work = Beside(Background(self), office, self._tell_how)
        self._looks = 0
        self._options: dict[str, Option] = {}
        self._fields: dict[str, SettingFields] = {}
        self._remarks: dict[str, Remark] = {}
        self._ways = QButtonGroup(self)
        self.body.addWidget(Plain(_("When a number is dialed on this workstation"), self, bold=True))
        self.body.addWidget(scrolling(self._all_ways()), 1)
        self._try_it()
        save = self.button("save", _("Save"), _("Dial this way from now on (Enter)"))
        box = self.finish_with(save, self.button("cancel", _("Cancel"), _("Leave everything as it was (Esc)")))
        results = self.button("results", _("Arrange the results…"), _("What the results of a call mean"))
        results.setAutoDefault(False)
        results.clicked.connect(self._arrange_results)
        box.addButton(results, QDialogButtonBox.ButtonRole.ResetRole)
        self._ways.idToggled.connect(lambda _, on: self._choose() if on else None)
        self._choose()
        self._options[self._way()].radio.setFocus()

    def accept(self) -> None:
        """Save, once every field of the chosen way can be."""
        if self._fields[self._way()].settle():
            for setting, value in self._chosen().items():
                self._station.set(setting, value)
            super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the number line tries it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._number.hasFocus():
            self._dial()
        else:
            super().keyPressEvent(event)

    # ---------------------------------------------------------------- how it is built

    def _all_ways(self) -> QWidget:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        chosen = dialing.chosen(self._station, *self._ends).name
        for bridge in dialing.bridges(self._station, *self._ends):
            self._options[bridge.name] = option = Option(
                bridge.label, self._ways, f"dialing.{bridge.name}", bridge.label
            )
            option.radio.setChecked(bridge.name == chosen)
            self._fields[bridge.name] = fields = SettingFields("dialing", content)
            self._remarks[bridge.name] = remark = Remark("", content)
            fields.changed.connect(self._look)
            below = QVBoxLayout()
            below.setContentsMargins(24, 0, 0, 8)
            below.addWidget(remark)
            below.addWidget(fields)
            column.addWidget(option)
            column.addLayout(below)
        self._fill()
        column.addStretch(1)
        return content

    def _fill(self) -> None:
        get, keys = self._station.get, self._fields["clipboard_hotkey"]
        for key in (settings.HOTKEY, settings.PASTE_KEY):
            keys.add(key, LineEditor(keys), get(key), width=160, check=key_problem)
        for wait in (settings.WAIT_BEFORE_HOTKEY, settings.WAIT_BEFORE_PASTE):
            editor = NumberEditor(keys, minimum=0, maximum=LONGEST_WAIT)
            keys.add(wait, editor, get(wait), width=100, check=needed)
        for flag in (settings.PRESS_ENTER, settings.RESTORE_CLIPBOARD):
            keys.add(flag, FlagEditor(flag.label, keys), get(flag))
        links = self._fields["uri"]
        links.add(settings.URI_SCHEME, SuggestEditor(SCHEMES, links), get(settings.URI_SCHEME), width=160)

    def _try_it(self) -> None:
        self._number = self.named(LineEditor(self), "number", _("Number to try"))
        self._number.setPlaceholderText(_("A number to try, such as your own mobile phone"))
        self._test = self.button("test", _("Test dial"), _("Dial this number now, with what is chosen above (Enter)"))
        self._test.setAutoDefault(False)
        self._test.clicked.connect(self._dial)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._number, 1)
        row.addWidget(self._test)
        self._said = self.named(Remark("", self), "said", _("What was sent"))
        self.body.addWidget(Plain(_("Try it"), self, bold=True))
        self.body.addLayout(row)
        self.body.addWidget(self._said)
        self._said.hide()

    def _arrange_results(self) -> None:
        from ui.setup.results_dialog import ResultsDialog

        ResultsDialog(self._station, self._by, self).exec()

    # ---------------------------------------------------------------- what is chosen

    def _way(self) -> str:
        return next(name for name, option in self._options.items() if option.radio.isChecked())

    def _chosen(self) -> dict[settings.Setting[object], object]:
        chosen = {setting: value for fields in self._fields.values() for setting, value in fields.values().items()}
        return {settings.BRIDGE: self._way(), **chosen}

    def _bridge(self) -> Bridge:
        trial = Trial(self._station.path)
        for setting, value in self._chosen().items():
            trial.set(setting, value)
        return dialing.chosen(trial, *self._ends)

    def _choose(self) -> None:
        for name, fields in self._fields.items():
            fields.setVisible(name == self._way())
            self._remarks[name].hide()
        self._look()

    def _look(self) -> None:
        """Whether the chosen way can work here is found out beside the window: it asks the screen and the clipboard."""
        self._looks += 1
        number, way, bridge = self._looks, self._way(), self._bridge()
        well = _("This works here.")
        if bridge.keys:
            well = _("Keys can be pressed here. Whether a dialer listens to them, Test dial shows.")

        def say(trouble: str | None) -> None:
            if number == self._looks:
                self._remarks[way].say(trouble or well, "overdue" if trouble else "done")

        self._work(
            lambda _progress: bridge.check(), label=_("Check"), done=say, failed=lambda error: say(error.message)
        )

    # ---------------------------------------------------------------- the test

    def _dial(self) -> None:
        if not self._test.isEnabled() or not self._fields[self._way()].settle():
            return
        bridge, text, by, clipboard = self._bridge(), self._number.value(), self._by, self._ends[0]
        keys = DialKeys(bridge.keys, self)

        def dial(_progress: Progress) -> Dialed:
            with keys.on_their_way():
                return calls.dial(text, by, bridge=bridge, clipboard=clipboard)

        self._test.setEnabled(False)
        self._said.say(_("Dialing…"), "muted")
        keys.hold()
        self._work(
            dial, label=_("Test dial"),
            told=lambda dialed: dialed_told(dialed, bridge), failed=self._give_up,
        )  # fmt: skip

    def _tell_how(self, told: Told) -> None:
        self._test.setEnabled(True)
        self._said.say(told.text, INKS[told.level])

    def _give_up(self, error: CRMError) -> None:
        self._test.setEnabled(True)
        self._said.say(error.message, "overdue")
        self._number.setFocus()


def dialed_told(dialed: Dialed, bridge: Bridge) -> Told:
    """What came of a dial: what was sent, step by step, or why nothing was."""
    if not dialed.sent:
        return Told(dialed.message, level="warning")
    sent = [dialed.message, *steps(bridge.preview(dialed.number))]
    if bridge.keys:
        sent.append(
            _(
                "The keys were sent. Whether a dialer took them cannot be seen from here: "
                "look whether the number stands there."
            )
        )
    return Told("\n".join(sent))


def steps(preview: str) -> list[str]:
    """The sentence that says what is sent, one step a line."""
    parts = preview.rstrip(".").split(", ")
    if len(parts) == 1:
        return [preview]
    return [f"{place}. {part[:1].upper()}{part[1:]}" for place, part in enumerate(parts, 1)]


def key_problem(text: str) -> str | None:
    """A sentence when there is no such key."""
    try:
        Hotkey.read(text)
    except Mistake as mistake:
        return mistake.message
    return None


def needed(value: int | None) -> str | None:
    """A wait is a number."""
    return (
        _("Type a number of milliseconds from 0 to {longest_wait:,}.").format(longest_wait=LONGEST_WAIT)
        if value is None
        else None
    )
