"""Templates of the sample office, beside those every office begins with, and who signs them."""
# unsaid file: sample data

from __future__ import annotations

from channergy_crm import clock, work
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.templates import Template, TemplateKind
from channergy_crm.services import office
from channergy_crm.services.preferences import NEW_FOR
from channergy_crm.settings import OFFICE_ADDRESS

ADDRESS = "Channergy Sample Office\n41 Harbor St\nBoston, MA 02110"
SIGNED = {
    "ANN": ("Head of Sales", "617-555-0101", "ann.keller@sample-office.example"),
    "BEN": ("Sales", "617-555-0102", "ben.ortiz@sample-office.example"),
    "CARLA": ("Sales", "617-555-0103", "carla.novak@sample-office.example"),
}
OWN = (
    ("ANN", True, TemplateKind.MAIL, "Invitation to the fair",
     "See you at the fair, {{ person.first_name or \"hall 4\" }}",
     "Good day {{ person.name or \"to you\" }},\n\n"
     "we are at the fair again, **hall 4, stand 12**, and would like to show {{ person.company or \"you\" }} "
     "what is new:\n\n"
     "- orders by telephone in half the time\n- returns without paper\n- the new catalog\n\n"
     "Reply with a day, and coffee is ready.\n\nKind regards"),
    ("BEN", False, TemplateKind.MAIL, "Price list, as asked", "The price list you asked for",
     "Good day {{ person.name or \"to you\" }},\n\n"
     "here is the price list. You told us: *{{ lead.description or \"what you look for\" }}*. "
     "Pages 4 to 7 are about that.\n\n"
     "I call you on {{ lead.reminder_date or \"one of the next days\" }}.\n\nKind regards"),
    ("ANN", True, TemplateKind.LETTER, "Welcome letter", "",
     "{{ office.address }}\n\n{{ address }}\n\n{{ today }}\n\n"
     "Dear {{ person.name or \"Sir or Madam\" }},\n\n"
     "welcome as a customer of ours. Your first order is on its way; the card with it says whom to call.\n\n"
     "Yours sincerely\n\n{{ operator.name }}\n{{ operator.title or \"\" }}"),
)  # fmt: skip


def add_templates(boss: str, names: dict[str, str]) -> None:
    """What the office and those who work there write, and how they sign. `names` are those of the operators by ID."""
    office.choose(OFFICE_ADDRESS, ADDRESS, boss)
    for id, (title, phone, email) in SIGNED.items():
        held = Preferences.find(id) or Preferences(operator=id, lead_days=NEW_FOR)
        held.title, held.phone, held.email = title, phone, email
        held.signature = f"{names[id]}\n{title}, Channergy Sample Office\n{phone}"
        with work.unit("Change preferences of {operator}", by=id, operator=id):
            held.save()
    for operator, shared, what, name, subject, body in OWN:
        row = Template(name=name, what=what.value, language="English", subject=subject, body=body, shared=shared,
                       operator=operator, edited=clock.now())  # fmt: skip
        with work.unit("Save template {name}", by=operator, name=row.caption()):
            row.save()
