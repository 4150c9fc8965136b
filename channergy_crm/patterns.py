"""What is looked for in texts. A start needs few of all the patterns there are, and to compile them takes its time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    from re import Pattern


class _WhenUsed:
    """Stands for a pattern until something is looked for with it; from then on its methods are the pattern's own."""

    def __init__(self, *written: object) -> None:
        self._written = written

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled: Any = re.compile
        found = self.__dict__[name] = getattr(compiled(*self._written), name)
        return found


def pattern(written: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """The pattern that is written so, compiled when it is first used."""
    return cast("Pattern[AnyStr]", _WhenUsed(written, flags))
