"""Lists of records of any length, and what is done to marked rows."""
