"""How the names of people and companies are put together."""

from __future__ import annotations


def person_name(first: str, last: str) -> str:
    """First and last name, whichever there is."""
    first, last = (first or "").strip(), (last or "").strip()
    return f"{first} {last}" if first and last else first or last


def account_name(company: str, first: str, last: str) -> str:
    """`Company; First Last`; what is missing leaves no semicolon and no space behind (CH-58)."""
    return "; ".join(part for part in ((company or "").strip(), person_name(first, last)) if part)
