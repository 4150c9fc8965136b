"""Small panels at hand in every page: a calendar, the clocks of other places, a calculator (VT-42)."""
