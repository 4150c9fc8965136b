"""The form of one record: sections, saving, leaving, clashes."""
