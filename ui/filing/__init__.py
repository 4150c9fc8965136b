"""Mails that were dropped or chosen, or wait in the watched folder: to whom each goes, and filed (BX-14)."""
