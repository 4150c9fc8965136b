"""What stands in a calendar: a call, a meeting or a task, and how long it may last (K18)."""

from __future__ import annotations

CALL, MEETING, TASK = "call", "meeting", "task"
KINDS = (CALL, MEETING, TASK)
"""what an activity is; the office may add others"""
LONGEST = 14 * 24 * 60
"""minutes that one may last: two weeks"""
