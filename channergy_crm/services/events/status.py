"""How the follow-ups of the events stand: open, overdue and closed, by type, event, operator and group (VS-12…VS-14)."""
