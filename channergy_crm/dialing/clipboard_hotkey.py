"""Dial the way the dialer's makers meant it: copy the number, press the dialer's key, paste (CH-46)."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from channergy_crm.dialing import keyboard, keys_held
from channergy_crm.dialing.bridge import Clipboard, pause
from channergy_crm.dialing.clipboard import put
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.dialing.number import AS_IT_IS, Writing
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import N_, _, translated

_ENTER = Hotkey((), "enter")
_MILLISECONDS_BEFORE_ENTER = 50
_MILLISECONDS_TO_READ = 500  # for the dialer, before the clipboard is given back
_PATIENCE = 2.0  # seconds for a slow dialer to come to the front


@translated("label")
@dataclass(frozen=True)
class ClipboardHotkey:
    """A dialer that comes to the front on a key and takes the number by pasting. Waits are in milliseconds."""

    clipboard: Clipboard
    hotkey: str = "alt+c"
    paste_key: str = "ctrl+v"
    wait_before_hotkey: int = 50
    wait_before_paste: int = 150
    press_enter: bool = False
    restore_clipboard: bool = False
    writing: Writing = AS_IT_IS

    name = "clipboard_hotkey"
    label = N_("Dialer opened by a key")
    news = N_("Dialing {number}.")
    sure = False
    can_hang_up = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The dialer's own key, and the one that pastes."""
        return self.hotkey, self.paste_key

    def check(self) -> str | None:
        """What is missing: a screen, a package, a clipboard, or a key that exists."""
        try:
            Hotkey.read(self.hotkey), Hotkey.read(self.paste_key)
        except Mistake as mistake:
            return mistake.message
        return keyboard.obstacle() or self.clipboard.check()

    def preview(self, number: str) -> str:
        """Every step, in order."""
        steps = _("Copies {number}, waits {wait} ms, presses {hotkey}, waits {then} ms, presses {paste_key}")
        told = steps.format(
            number=self.writing.write(number), wait=self.wait_before_hotkey, hotkey=Hotkey.read(self.hotkey),
            then=self.wait_before_paste, paste_key=Hotkey.read(self.paste_key),
        )  # fmt: skip
        enter = _("presses Enter") if self.press_enter else ""
        given_back = _("gives the clipboard back") if self.restore_clipboard else ""
        return ", ".join(filter(None, [told, enter, given_back])) + "."

    def dial(self, number: str) -> None:
        """Copy, wait for the hand to let go, press the key, wait for the dialer, paste."""
        number = self.writing.write(number)
        before = self.clipboard.paste() if self.restore_clipboard else ""
        put(self.clipboard, number)
        keyboard.wait_for_release()
        pause(self.wait_before_hotkey)
        keyboard.press(Hotkey.read(self.hotkey))
        self._wait_for_the_dialer()
        keyboard.press(Hotkey.read(self.paste_key))
        if self.press_enter:
            pause(_MILLISECONDS_BEFORE_ENTER)
            keyboard.press(_ENTER)
        if before:
            self._give_back(before, number)

    def _wait_for_the_dialer(self) -> None:
        """Until another program than this one is in front: the number must never be pasted into the CRM's own notes."""
        pause(self.wait_before_paste)
        given_up = time.monotonic() + _PATIENCE
        while keys_held.process_in_front() == os.getpid():
            if time.monotonic() > given_up:
                raise Surroundings(
                    _("The dialer did not open on {hotkey}; is it running?").format(hotkey=Hotkey.read(self.hotkey))
                )
            pause(self.wait_before_paste or 1)

    def _give_back(self, before: str, number: str) -> None:
        pause(_MILLISECONDS_TO_READ)
        if self.clipboard.paste() == number:  # otherwise somebody copied something else meanwhile: that stays
            self.clipboard.copy(before)
