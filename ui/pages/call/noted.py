"""What stands in the call bar: taken away with it, and brought back with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass
class Noted:
    """What stands in the bar: taken away with it, and brought back with it."""

    number: str
    since: datetime
    note: str = ""
    code: str = ""
    next_try: datetime | None = None
    chosen_by_hand: bool = False
