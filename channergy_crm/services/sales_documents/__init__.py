"""From the quote to the paid invoice: documents drafted, issued, answered, billed, paid (VT-86, VT-137)."""
