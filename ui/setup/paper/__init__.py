"""Settings > Documents on paper: the letterhead of the office, and what its documents say (BX-26, BX-52)."""
