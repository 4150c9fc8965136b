"""The questions the program cannot go on without, and the small windows where an office is set up."""
