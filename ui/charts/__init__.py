"""Charts drawn by hand: bars, lengths, a map of hours. They know numbers and words, no records."""
