"""Mails to people: who gets one, how it reads, how it is put down to be sent."""
