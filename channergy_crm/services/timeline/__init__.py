"""The timeline of a record: its calls, tasks, notes and changes in one list (BX-8, VT-82)."""
