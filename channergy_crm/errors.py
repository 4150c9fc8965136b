"""What can go wrong, and who can do something about it.

CRMError
├── Mistake              the user can mend it: said beside the field, or as a notice
│   ├── Refused          this operator may not see or do that
│   └── Clash            somebody else saved the same fields meanwhile
└── Surroundings         the disk, the server, the screen: said with Retry, nothing is lost

Everything else that is raised is a bug and ends in the crash report.
"""

from __future__ import annotations

from channergy_crm.language import _


class CRMError(Exception):
    """A sentence for the operator: what happened and what to do about it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Mistake(CRMError):
    """Something the user can mend. `field` is the python name of the field it belongs to, if it belongs to one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Refused(Mistake):
    """This operator may not see or do that."""


class Surroundings(CRMError):
    """The disk is full, the server is gone, there is no screen: try again when that is mended."""


class Difference:
    """One field two people changed: what it was, what I typed, what they saved."""

    def __init__(self, name: str, label: str, base: object, mine: object, theirs: object) -> None:
        self.name = name
        self.label = label
        self.base = base
        self.mine = mine
        self.theirs = theirs


class Clash(Mistake):
    """Somebody else saved the same fields meanwhile: both versions are shown and the user chooses."""

    def __init__(self, title: str, differences: list[Difference], by: str) -> None:
        said = (
            _("{operator} changed {title} while you were editing it.")
            if by
            else (_("Somebody else changed {title} while you were editing it."))
        )
        super().__init__(said.format(operator=by, title=title), differences[0].name)
        self.differences = differences
        self.by = by
