"""The tab Pipeline: what the deals of a period may bring, how they go on, which have stood still (BX-24, VT-155)."""
