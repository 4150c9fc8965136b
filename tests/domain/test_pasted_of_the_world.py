"""Mails and contact forms on the clipboard: the sender becomes the lead, or the form stays empty (F-36)."""

from __future__ import annotations

import pytest

from channergy_crm.transfer.clipboard import paste

FORMS = {
    "English": "Name: Omar Reyes\nEmail: omar@reyes.example\nPhone: +1 512 555 0142\nMessage: Need tiles\nby Friday\n",
    "German": "Vorname: Omar\nNachname: Reyes\nE-Mail: omar@reyes.example\nTelefon: +1 512 555 0142\nNachricht: Ja\n",
    "French": "Nom : Reyes\nPrénom : Omar\nTéléphone : +1 512 555 0142\nMessage : Bonjour\n",
    "Spanish": "Nombre: Omar Reyes\nTeléfono: +1 512 555 0142\nMensaje: Hola\n",
    "with tabs": "Vorname\tOmar\nNachname\tReyes\nTelefon\t+1 512 555 0142\n",
    "in a mail": "Von: web@page.example\nAn: info@office.example\nBetreff: Anfrage\n\n"
    "Name: Omar Reyes\nTelefon: +1 512 555 0142\n",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_f36_the_lines_of_a_contact_form_are_read_by_their_labels(text: str) -> None:
    values = paste.read(text).values
    assert (values["first_name"], values["last_name"], values["phone"]) == ("Omar", "Reyes", "+1 512 555 0142")
    assert "office" not in str(values)


HEADS = {
    "English": "From: Lena Ford <lena@ford.example>\nSent: Tuesday\nTo: Ann <ann@office.example>\nSubject: Crane\n\n",
    "German": "Von: Lena Ford <lena@ford.example>\nGesendet: Dienstag\nAn: ann@office.example\nBetreff: Kran\n\n",
    "with stars": "*From:* Lena Ford <lena@ford.example>\n*Sent:* Tuesday\n*To:* Ann\n\n",
    "forwarded": "FYI\n\n---------- Forwarded message ---------\n"
    "From: Lena Ford <lena@ford.example>\nDate: Tue\nTo: ann@office.example\n\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_f36_who_wrote_a_mail_is_the_lead(head: str) -> None:
    values = paste.read(
        f"{head}Hi Ann,\ncall me on 512-555-0301.\nLena\nThis is confidential.\n512-478-3200\n> old 512-478-3200\n"
    ).values
    assert (values["first_name"], values["last_name"], values["email"]) == ("Lena", "Ford", "lena@ford.example")
    assert (values["phone"], values.get("company")) == ("512-555-0301", None)
    assert "office.example" not in str(values) and "3200" not in str(values)


def test_f36_the_signature_says_how_to_reach_the_sender() -> None:
    body = "Hi Ann,\nplease call.\n\nBest regards\nLena Ford\nHead of Purchasing\nFord Cranes Inc.\n+1 512-555-0301\n"
    values = paste.read(HEADS["English"] + body).values
    assert (values["title"], values["company"]) == ("Head of Purchasing", "Ford Cranes Inc.")
    assert values["phone"] == "+1 512-555-0301"


@pytest.mark.parametrize(
    "text", ["Hello,\n\nI would like to talk about an offer.\n\nThanks\n", "a@ford.example; Bob <b@ray.example>"]
)
def test_f36_when_nobody_can_be_made_out_all_of_it_is_noted(text: str) -> None:
    assert paste.read(text) == ({"notes": text.strip()}, 0)


# ---------------------------------------------------------------- we are nobody's lead


OURS = ["Ann Lee", "Bob Ray"]
REPLY = (
    "Hi Lena,\n\nthe crane is free on Monday.\n\n"
    "Best regards\nAnn Lee\nOffice Inc.\n+1 512-555-0100\nann@office.example\n"
)
ASKED = "Hi Ann,\n\nis the crane free?\n\nBest regards\nLena Ford\nFord Cranes Inc.\n+1 512-555-0301\n"
QUOTED = "".join(f"> {line}\n" for line in ASKED.splitlines())
THREADS = {
    "English": f"{REPLY}\nOn Tue, Mar 5, 2024 at 9:14 AM Lena Ford <lena@ford.example> wrote:\n\n{QUOTED}",
    "wrapped": f"{REPLY}\nOn Tue, Mar 5, 2024 at 9:14 AM Lena Ford\n<lena@ford.example> wrote:\n\n{QUOTED}",
    "German": f"{REPLY}\nAm 05.03.24 um 09:14 schrieb Lena Ford <lena@ford.example>:\n{QUOTED}",
    "German, long": f"{REPLY}\nAm Di., 5. Mai 2024 um 09:14 Uhr schrieb Lena Ford <lena@ford.example>:\n{QUOTED}",
    "French": f"{REPLY}\nLe mar. 5 mars 2024 \u00e0 09:14, Lena Ford <lena@ford.example> a \u00e9crit :\n{QUOTED}",
    "Outlook": f"{REPLY}\n-----Original Message-----\nFrom: Lena Ford <lena@ford.example>\nSent: Tuesday\n"
    f"To: Ann Lee <ann@office.example>\nSubject: Crane\n\n{ASKED}",
    "with heads": f"From: Ann Lee <ann@office.example>\nSent: Wednesday\nTo: Lena Ford <lena@ford.example>\n\n{REPLY}\n"
    f"From: Lena Ford <lena@ford.example>\nSent: Tuesday\nTo: Ann Lee <ann@office.example>\n\n{ASKED}",
    "only a first name": f"Yes, it is.\nAnn\n\nOn Tue, Mar 5, 2024 Lena Ford <lena@ford.example> wrote:\n{QUOTED}",
    "no name at all": f"Yes, it is.\n\nOn Tue, Mar 5, 2024 Lena Ford <lena@ford.example> wrote:\n{QUOTED}",
    "a colleague between": f"{REPLY}\nOn 6 Mar 2024 Bob Ray <bob@office.example> wrote:\n> Ann, please answer.\n"
    f"> On 5 Mar 2024 Lena Ford <lena@ford.example> wrote:\n{''.join(f'> {line}' for line in QUOTED.splitlines(True))}",
}


@pytest.mark.parametrize("text", THREADS.values(), ids=THREADS)
def test_f36_whom_we_answered_is_the_lead_and_never_we(text: str) -> None:
    values = paste.read(text, OURS).values
    assert (values["first_name"], values["last_name"], values["email"]) == ("Lena", "Ford", "lena@ford.example")
    assert (values["company"], values["phone"]) == ("Ford Cranes Inc.", "+1 512-555-0301")
    assert "office.example" not in str(values) and "0100" not in str(values)


def test_f36_whom_we_wrote_to_is_the_lead_where_nobody_has_answered() -> None:
    to = "Bob Ray <bob@office.example>; Lena Ford <lena@ford.example>"
    head = f"From: Ann Lee <ann@office.example>\nSent: Tuesday\nTo: {to}\n"
    values = paste.read(f"{head}Subject: Crane\n\n{REPLY}", OURS).values
    assert (values["first_name"], values["last_name"], values["email"]) == ("Lena", "Ford", "lena@ford.example")
    assert not values.get("phone")


def test_f36_who_answered_us_is_the_lead() -> None:
    answer = f"{ASKED}\nOn Tue, Mar 5, 2024 at 9:14 AM Ann Lee <ann@office.example> wrote:\n> {REPLY}"
    values = paste.read(answer, OURS).values
    assert (values["first_name"], values["last_name"], values["phone"]) == ("Lena", "Ford", "+1 512-555-0301")
    assert values.get("email", "") != "ann@office.example"


def test_f36_our_own_signature_fills_no_form() -> None:
    assert paste.read(REPLY, OURS) == ({"notes": REPLY.strip()}, 0)
    assert paste.read("Ann Lee\nOffice Inc.\n+1 512-555-0100", OURS).values.keys() == {"notes"}
