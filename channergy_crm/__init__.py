"""Channergy CRM: the records of one office and everything that may be done with them, without a screen."""

from channergy_crm.store import driver as driver  # before anything else imports peewee

__version__ = "0.2.0"
