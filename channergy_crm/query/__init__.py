"""Which rows of a list: typed filters, words, and lists read a window at a time."""
