"""Letters as Word documents: the office's own filled in, and new ones made from a template (BX-26)."""
