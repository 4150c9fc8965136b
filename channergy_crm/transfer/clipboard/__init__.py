"""What was copied elsewhere becomes the fields of a record."""
