"""Where an office lies: one SQLite file, or a PostgreSQL database."""
