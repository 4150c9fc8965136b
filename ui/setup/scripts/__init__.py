"""What is said and written again and again: scripts, objections, snippets."""
