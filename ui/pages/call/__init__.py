"""A call in three keys: dial, say how it went, go on to the next lead (BX-1, BX-2)."""
