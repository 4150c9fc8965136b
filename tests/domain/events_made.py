"""What of the services of events asks no rights, and which rights the others need (VS-11)."""

PURE = {
    "services.events.when": "place_of problem",
    "services.events.facts": "offered fields",
    "services.events.wording": "known problem",
    "services.events.writing": "sentence",
    "services.events.saying": "happens lasting sentence",
}
PARTS = {
    "services.events.when": "due is_working_day",
    "services.events.wording": "caption",
    "services.events.making": "make make_waiting new_of every_new_of made_today",
    "services.events.ending": "end",
    "services.events.receiving": "in_turn",
    "services.events.removing": "take_away",
    "services.events.subjects": "read",
}
NEEDS = (
    " events.writing.every events.writing.start events.writing.save events.writing.check events.writing.remove"
    " events.writing.found events.activating.preview events.activating.activate events.activating.deactivate"
    " events.activating.try_on events.counts.standings events.counts.of_task events.counts.events_of"
    " events.counts.fallen events.shelf.offered events.shelf.put_out events.receiving.receivers"
)
"""the job function CRM, whatever reaches the roles have otherwise; the marks of tasks: whoever sees tasks"""
