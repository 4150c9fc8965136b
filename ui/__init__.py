"""The window of Channergy CRM: everything that is seen, and nothing that is decided."""

import builtins

_plain = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

# From then on PySide would read the source of every imported module, for a `from __feature__` nobody here writes.
builtins.__import__ = _plain
