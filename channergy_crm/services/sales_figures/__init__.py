"""Figures of what was sold: by month, product and customer, and what is owed by its age (VT-86, VT-137)."""
