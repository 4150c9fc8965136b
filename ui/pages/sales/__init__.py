"""The one editor of quotes, orders, invoices and credit notes (VT-86, VT-137, VT-142)."""
