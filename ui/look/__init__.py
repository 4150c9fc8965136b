"""How everything looks: colours, icons and the words for values."""
