"""Somebody rings: what another program tells the open window, said in a quiet window with the people it may be."""
