"""The window of Channergy CRM: everything that is seen, and nothing that is decided."""
