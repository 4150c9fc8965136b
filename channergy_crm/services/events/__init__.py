"""CRM events: rules that make follow-ups by themselves (VS-1…VS-23, BX-30)."""
