"""The keys of the calendar, as the sheet of keys says them (Shift+F1)."""

from __future__ import annotations

from channergy_crm.language import N_

KEYS = [
    ("D  W  M  L", N_("Day, week, month, list")),
    ("T", N_("Go to today")),
    ("Ctrl+Left  Ctrl+Right", N_("Move the entry by a day")),
    ("Ctrl+Up  Ctrl+Down", N_("Move the entry by a quarter of an hour")),
    ("Ctrl+Shift+Left  Ctrl+Shift+Right", N_("Give the entry to whom stands beside")),
    ("Shift+Up  Shift+Down", N_("Let the entry take less or more time")),
    ("Ctrl+C  Ctrl+V  Ctrl+D", N_("Copy the entry, put it where you stand, make it twice")),
    ("Y  N", N_("Come to what you are invited to, or do not")),
]
"""what is not said by a command"""
