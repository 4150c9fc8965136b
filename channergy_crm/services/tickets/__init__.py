"""Tickets: opened, answered, watched over, solved, and what comes of them (VT-172…VT-193)."""
