"""What takes several steps: one window, one step after the other, back without losing anything."""
