"""What people write, understood: folding, amounts, days, periods, names and how alike two texts are."""
