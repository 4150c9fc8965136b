"""*More information*: what is linked to a record, its notes, its documents; each as a part that knows no page."""
