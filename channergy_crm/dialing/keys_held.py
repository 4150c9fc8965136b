"""What is happening on this screen: which keys are held down, and which program is in front.

Where a desktop does not tell, the answer is "none held" and "unknown", and dialing goes on without the extra care.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

if sys.platform == "win32":
    import ctypes

    _MODIFIERS = (0x10, 0x11, 0x12, 0x5B, 0x5C)  # Shift, Ctrl, Alt, both Windows keys

    def modifiers_held() -> bool:
        """Whether Shift, Ctrl, Alt or the Windows key is down just now."""
        return any(ctypes.windll.user32.GetAsyncKeyState(key) & 0x8000 for key in _MODIFIERS)

    def process_in_front() -> int | None:
        """The process whose window has the focus."""
        process = ctypes.c_ulong()
        window = ctypes.windll.user32.GetForegroundWindow()
        ctypes.windll.user32.GetWindowThreadProcessId(window, ctypes.byref(process))
        return process.value or None

elif sys.platform == "darwin":
    _MODIFIERS = 0x20000 | 0x40000 | 0x80000 | 0x100000  # Shift, Control, Option, Command

    def modifiers_held() -> bool:
        """Whether Shift, Control, Option or Command is down just now."""
        import Quartz  # type: ignore[import-not-found]

        return bool(Quartz.CGEventSourceFlagsState(Quartz.kCGEventSourceStateHIDSystemState) & _MODIFIERS)

    def process_in_front() -> int | None:
        """The process whose window has the focus: not asked on this system."""
        return None

else:
    _CAPS_LOCK = 1  # its place in the X server's list of modifiers; a lock is not "held"

    def modifiers_held() -> bool:
        """Whether Shift, Ctrl, Alt, Super or another modifier is down just now."""
        return bool(_ask(_modifiers_held))

    def process_in_front() -> int | None:
        """The process whose window has the focus, None when the window manager does not say."""
        found = _ask(_process_in_front)
        return found if isinstance(found, int) else None

    def _ask(question: Callable[[Any], object]) -> object:
        from Xlib.display import Display  # type: ignore[import-untyped]
        from Xlib.error import DisplayError, XError  # type: ignore[import-untyped]

        try:
            display = Display()
        except DisplayError:
            return None
        try:
            return question(display)
        except XError:  # the window was closed while we asked about it
            return None
        finally:
            display.close()

    def _modifiers_held(display: Any) -> bool:
        down = display.query_keymap()
        keys = [key for place, keys in enumerate(display.get_modifier_mapping()) if place != _CAPS_LOCK for key in keys]
        return any(down[key // 8] & (1 << key % 8) for key in keys if key)

    def _process_in_front(display: Any) -> int | None:
        def told(window: Any, name: str) -> int | None:
            found = window.get_full_property(display.intern_atom(name), 0)
            return int(found.value[0]) if found and len(found.value) else None

        window = told(display.screen().root, "_NET_ACTIVE_WINDOW")
        return told(display.create_resource_object("window", window), "_NET_WM_PID") if window else None
