"""How an open window is put together once more, in another language. Kept small: it is there before the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.shell.window import MainWindow


class Anew(NamedTuple):
    """How a window is put together: `speak` a language, `build` its parts, `furnish` it with the commands.

    A `whole` window has every page at once, any other builds them while nobody needs it.
    """

    speak: Callable[[str], object]
    build: Callable[[MainWindow, str], object]
    furnish: Callable[[MainWindow], object]
    whole: bool
