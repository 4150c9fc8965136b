"""The tab CRM Management: rules, how their follow-ups stand, and who does them instead (VS-7)."""
