"""The window of Channergy CRM: everything that is seen, and nothing that is decided."""

import builtins

from ui.compiled import compiled_once

_plain = builtins.__import__

with compiled_once(__spec__.cached):
    import PySide6.QtCore  # noqa: F401

# From then on PySide would read the source of every imported module, for a `from __feature__` nobody here writes.
builtins.__import__ = _plain
