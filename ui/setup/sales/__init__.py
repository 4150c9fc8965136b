"""Settings > Selling: taxes, sums, days and numbers of documents."""
