"""What goes out of the office: messages to the marked rows of a list, to one person, and how they stand."""
