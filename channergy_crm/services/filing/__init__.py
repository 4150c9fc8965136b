"""Mail filed with the person it is from or to: what was dropped, chosen, or lies in a watched folder (BX-14)."""
