"""The tab Figures: what the calls of a period came to, for the one who calls and the one who leads (BX-22, BX-23)."""
