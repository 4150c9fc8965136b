"""Campaigns: kept, filled with leads and contacts, and what came of them (VT-139…VT-141)."""
