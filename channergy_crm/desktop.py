"""Whether this machine can open a window at all; Qt itself would only end the program with a signal."""

from __future__ import annotations

import os
import sys

from channergy_crm.language import _

PACKAGES = {
    "apt": "sudo apt install -y libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 "
    "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0",  # unsaid: a command
    "dnf": "sudo dnf install -y libglvnd-glx libglvnd-egl glib2 fontconfig dbus-libs libxkbcommon libxkbcommon-x11 "
    "xcb-util-cursor xcb-util-wm xcb-util-keysyms libxcb",  # unsaid: a command
}
NEEDED_FOR_X = (
    "libxcb.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-shape.so.0",
    "libxkbcommon-x11.so.0",
)  # fmt: skip


def missing(error: ImportError) -> str:
    """What to say when the window's own libraries cannot be loaded; '' when the fault lies elsewhere."""
    said = str(error)
    if "PySide6" in said and isinstance(error, ModuleNotFoundError):
        return _("PySide6 is missing. Install it with: python -m pip install -e .")
    library = said.split(":")[0]
    return _install(library) if ".so" in library else ""


def _install(library: str) -> str:
    import shutil

    line = next((line for program, line in PACKAGES.items() if shutil.which(program)), "")
    said = _("The system library {library} is missing. Install it with: {command}")
    if not line:
        said = _("The system library {library} is missing. Install the package of your system that holds it.")
    return said.format(library=library, command=line)


def problem() -> str:
    """One sentence why no window can be opened here; '' when one can, as far as can be told beforehand."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return ""
    display = os.environ.get("DISPLAY")
    if os.environ.get("WAYLAND_DISPLAY") and os.environ.get("QT_QPA_PLATFORM") != "xcb":
        return ""
    if not display:
        return _(
            "There is no screen: DISPLAY and WAYLAND_DISPLAY are not set. Start the program from a desktop session."
        )
    import ctypes

    for library in NEEDED_FOR_X:
        try:
            ctypes.CDLL(library)
        except OSError:
            return _install(library)
    if _answers():
        return ""
    return _("The screen {display} does not answer. Start the program from a desktop session.").format(display=display)


def _answers() -> bool:
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers
