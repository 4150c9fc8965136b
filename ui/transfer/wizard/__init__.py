"""The import in five steps."""
