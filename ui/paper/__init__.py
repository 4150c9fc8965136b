"""Lists and records on paper: laid out as pages, looked at, printed, kept as a PDF."""
