"""The tests of Channergy CRM."""
