"""Files read into rows of cells, whatever wrote them."""
