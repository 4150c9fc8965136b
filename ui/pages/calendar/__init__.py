"""The calendar: days, weeks and months of the office, painted, walked through by key and changed by hand (VT-42)."""
