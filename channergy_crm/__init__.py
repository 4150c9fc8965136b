"""Channergy CRM: the records of one office and everything that may be done with them, without a screen."""

__version__ = "0.1.0"
