"""An office with Security on: ADMIN, and whoever a test wants, each with a role and the same password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.services import operators, roles, security, signing_in

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD, GIVEN = "four words, quite long", "given away for once"


def secure(folder: Path, **people: str) -> None:
    """Switch Security on in the open office; `ANN="Operator"` is somebody with that role."""
    security.switch_on("ADMIN", PASSWORD, folder / "recovery.txt")
    by_name = {role.name: role.number for role in roles.every("ADMIN")}
    for id, role in people.items():
        operators.add(id, f"{id.title()} Hill", "ADMIN")
        roles.give(id, [by_name[role]], "ADMIN")
        signing_in.set_password(id, GIVEN, "ADMIN")
        signing_in.change(GIVEN, PASSWORD, id)
