"""A screen nobody looks at, with a window manager: one for every process, for two on one would steal the focus."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@contextmanager
def running(size: str = "1440x1024") -> Iterator[str]:
    """Start a screen; hands out the name of its display once its window manager is there."""
    reading, writing = os.pipe()
    quiet = ["-nolisten", "tcp", "-noreset", "-r"]  # and no key comes twice where it is let go late
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", *quiet]
    with ExitStack() as stack:
        stack.enter_context(ended(subprocess.Popen(command, pass_fds=[writing], **QUIET)))
        os.close(writing)
        with os.fdopen(reading) as told:
            name = f":{told.readline().strip()}"
        assert name != ":", "Xvfb did not start"
        stack.enter_context(ended(_window_manager(name)))
        yield name


def _window_manager(display: str) -> subprocess.Popen[Any]:
    """openbox; through a pipe it says that it is there."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder, "ready")
        os.mkfifo(ready)
        started = subprocess.Popen(
            ["openbox", "--startup", f"cp /dev/null {ready}"], env={**os.environ, "DISPLAY": display}, **QUIET
        )
        ready.read_bytes()
    return started


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    """A process that lives as long as what is done with it."""
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)
        if process.stdin is not None:
            process.stdin.close()
