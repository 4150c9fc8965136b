"""Records go out: as text, workbook or visiting card."""
