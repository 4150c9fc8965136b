"""The main window: header, menu, tabs, keys."""
