"""Files come in: looked at, mapped, matched, checked, written."""
