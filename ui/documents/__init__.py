"""The documents of a record: their list, what is done with them, private copies to look at (SI-26, BX-29)."""
