"""The page Templates: mails, letters, labels and documents that are written again and again."""
