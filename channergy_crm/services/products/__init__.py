"""What the office sells: which price applies, what is in stock, how it is sorted (VT-142, VT-7)."""
