"""Finding and merging duplicates on the screen."""
