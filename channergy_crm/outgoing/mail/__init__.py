"""Sends the mails that wait by the office's e-mail server: one connection for many, one recipient a mail (BX-14)."""
