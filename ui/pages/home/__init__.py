"""Home: blocks in a grid, each a list or a chart whose parts open their rows (VT-14…VT-29)."""
