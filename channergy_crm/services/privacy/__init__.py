"""People's data: what of it is personal, how old it is, showing all of it, and forgetting it (DP-1…DP-10)."""
