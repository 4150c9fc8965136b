"""More information: what is linked to a record of any type, and how it is linked and taken off (VT-79, VT-162)."""
