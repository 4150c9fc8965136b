"""Import, export, paste, print and backup on the screen."""
