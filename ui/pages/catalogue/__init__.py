"""The pages of products, price books and vendors: the list, the record, and what belongs to it (VT-142)."""
