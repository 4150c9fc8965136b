"""The screens of reminders: what is overdue, due today and coming."""

from __future__ import annotations

from channergy_crm.records import Lead, Task
from ui.screen import Screen

TASK_COLUMNS = ["reminder_date", "reminder_time", "action", "account_name", "priority", "status", "origin",
                "notes"]  # fmt: skip
LEAD_COLUMNS = ["reminder_date", "reminder_time", "last_name", "first_name", "company", "phone", "call_status",
                "description"]  # fmt: skip
BY_DATE = ("reminder_date", False)

TASK_REMINDERS = Screen(
    Task,
    "reminders.tasks",
    TASK_COLUMNS,
    order=BY_DATE,
    empty="No reminders are due. Tasks with a date stand here, the most urgent first.",
)
OPEN_TASKS = Screen(Task, "reminders.open_tasks", TASK_COLUMNS, order=BY_DATE, empty="No open tasks.")
LEAD_REMINDERS = Screen(
    Lead,
    "reminders.leads",
    LEAD_COLUMNS,
    order=BY_DATE,
    empty="No reminders are due. Leads with a reminder stand here, the most urgent first.",
)
