"""What things cost, in whole cents: sums, discounts, taxes, rounding. No fraction of a cent is ever kept in between."""
