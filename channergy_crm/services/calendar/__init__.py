"""The calendar: the tasks of the office as entries of days, and what moves them."""
