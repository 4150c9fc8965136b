"""What was done and by whom: the history of a record, the audit trail, what was removed."""
