"""What is on each screen: declarations only."""
