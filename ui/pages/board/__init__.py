"""The sales board: deals as cards in columns, moved by hand or by key (SI-12…SI-24, BX-25)."""
