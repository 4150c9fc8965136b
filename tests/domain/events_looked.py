"""What of the services by which events look asks no rights, and which rights the others need (VS-11)."""

PURE = {
    "services.events.happened": "counted wanted",
    "services.events.triggers": "offered record_of fields kind_of",
}
PARTS = {
    "services.events.about": "meant among chunks day_of bound greatest said length floor within one_of",
    "services.events.days": "watched edge falls_under came counts occurrence on_days days_between shown kept_on",
    "services.events.happened": "since oldest_first",
    "services.events.looking": "begin is_wanted round",
    "services.events.silences": "latest between",
    "services.events.triggers": "check",
}
NEEDS = " events.happened.existing events.happened.how_many events.happened.a_week events.looking.last"
"""the job function CRM, whatever reaches the roles have otherwise"""
