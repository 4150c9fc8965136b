"""The import in five steps."""

from channergy_crm.language import N_

KEYS = [
    ("Ctrl+Enter / Alt+Left", N_("The next step, the step before")),
    ("Ctrl+R", N_("Mend all rows that are wrong in the same way")),
]
"""what the import understands, for the sheet of keys"""
