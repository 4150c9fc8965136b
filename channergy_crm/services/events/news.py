"""What the journal tells since the events have looked last, read once for all of them."""

from __future__ import annotations


class News:
    """The changes of the records that some event waits for."""
