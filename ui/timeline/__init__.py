"""The timeline of a record on the screen: calls, tasks, notes and changes; notes are written there (BX-8)."""
