"""Where tests put what they throw away: in memory where there is room, for every saving waits for a disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ROOM = 2 << 30


def place() -> str:
    """On a server a new database is a thousand small files: 0.02 s instead of 0.4. In a file each unit waits 1 ms.

    Otherwise /tmp, never a longer path: that of a socket may have 107 bytes and no more.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else "/tmp"
