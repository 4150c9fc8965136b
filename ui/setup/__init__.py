"""What an administrator sets up: lookups, fields, operators, dialing, settings."""
