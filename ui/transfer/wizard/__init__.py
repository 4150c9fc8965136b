"""The import in five steps."""

KEYS = [
    ("Ctrl+Enter / Alt+Left", "The next step, the step before"),
    ("Ctrl+R", "Mend all rows that are wrong in the same way"),
]
"""what the import understands, for the sheet of keys"""
