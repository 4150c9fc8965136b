"""The page of campaigns: the list, the record, its members and its figures (VT-139…VT-141)."""
