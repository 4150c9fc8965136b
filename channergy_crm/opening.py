"""Whether a window is being opened: then what it does not show comes after it has been painted."""

window_first = False
"""the record types that nobody sees yet are declared later (`records.complete`)"""
