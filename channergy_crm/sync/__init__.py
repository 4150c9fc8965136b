"""The two-way sync with the Viper site: accounts, contacts and opportunities of this office (VP-1…VP-58, BX-34)."""
