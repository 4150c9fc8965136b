"""Programs that begin at once and are killed: each is a process of its own, branched off one that has read the code.

That one is begun before anything else is open, so that nothing of the test lives on in them.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BRANCHED = multiprocessing.get_context("forkserver")


def read_first(*modules: str) -> None:
    """What every life has read before it begins, by its own name and not as the program that was called."""
    called = sys.modules["__main__"]
    called.__spec__ = None
    vars(called).pop("__file__", None)
    _BRANCHED.set_forkserver_preload(list(modules))


@contextmanager
def life(what: Callable[..., None], *arguments: Any) -> Iterator[Any]:
    """A program that does this in the home of the moment; from when it has said that it is ready until it is killed.

    What it does is given the word to say so first.
    """
    here, there = _BRANCHED.Pipe(duplex=False)
    program = _BRANCHED.Process(target=_lived, args=(os.environ["CHANNERGY_CRM_HOME"], there, what, arguments))
    program.start()
    there.close()
    try:
        here.poll(60)
        yield program
    finally:
        program.kill()
        program.join()
        here.close()


def _lived(home: str, ready: Any, what: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    os.environ["CHANNERGY_CRM_HOME"] = home
    what(lambda: ready.send(True), *arguments)
