"""The calendar: calls, meetings and tasks with a day: the tasks of the office, and nothing beside them (K18)."""
