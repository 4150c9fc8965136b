"""The box over everything: records and commands."""
