"""Reminders that find whoever works here: looked for beside the window, said in a quiet window and in the tray."""
