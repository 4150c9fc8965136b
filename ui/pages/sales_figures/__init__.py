"""The tab Sales: what was sold and what is owed, each figure with its documents (VT-86, VT-137)."""
