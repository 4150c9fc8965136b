"""The editors of fields, one for each kind."""
