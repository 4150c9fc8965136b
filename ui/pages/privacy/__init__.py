"""The tab CRM and contacts: how old the office's people are, touching and anonymising them (SI-39…SI-41)."""
