"""What people and other programs call the fields that many records have, by the python name of the field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

FULL_NAME = "full_name"  # not a field: first and last name together

# In English, German, French and Spanish. The earlier line wins where two fields of a record are called alike.
_WORDS = """
account: account name, company, company name, organization, organisation, organization name, related to, customer,
  associated company, customer name, client, Firma, Firmenname, Unternehmen, Kunde, société, entreprise, empresa,
  cliente
customer: customer name, client, company, company name, account, account name, organization, organisation,
  organization name, Kunde, Firma, Firmenname, Unternehmen, société, entreprise, cliente, empresa
opportunity: deal, potential, opportunity name, deal name, Verkaufschance, opportunité, oportunidad
first_name: first, given name, forename, fname, Vorname, Rufname, prénom, nombre, nombre de pila
last_name: last, surname, family name, lname, Nachname, Familienname, Zuname, nom, nom de famille, apellido,
  apellidos, primer apellido
full_name: name, full name, contact, contact name, contact person, person, Ansprechpartner, Ansprechperson, Kontakt,
  Kontaktperson, vollständiger Name, nom complet, interlocuteur, nombre completo, contacto, persona de contacto
company: company name, organization, organisation, organization name, account, account name, business, business name,
  employer, firm, Firma, Firmenname, Unternehmen, société, entreprise, raison sociale, empresa, compañía, razón social
name: account, company, company name, organization, business name, Firma, Kontoname, société, empresa
title: job title, position, role, job, Funktion, Stelle, Position, Titel, titre, poste, fonction, cargo, puesto
phone: telephone, tel, phone number, phone1, landline, Telefon, Telefonnummer, Rufnummer, Festnetz, téléphone, numéro
  de téléphone, fixe, teléfono, número de teléfono, fijo, company phone
other_phone: phone2, second phone, alternate phone, alt phone, mobile, mobile phone, cell, cell phone, cellphone,
  Telefon 2, Handy, Mobil, Mobiltelefon, Mobilnummer, portable, téléphone portable, téléphone 2, móvil, teléfono
  móvil, celular, teléfono 2, home phone
fax: fax number, telefax, Faxnummer, télécopie, télécopieur
email: mail, email address, Mailadresse, E-Mail-Adresse, courriel, adresse e-mail, adresse mail, adresse électronique,
  correo, correo electrónico
website: web, www, url, homepage, web page, internet, Webseite, Internetseite, Internetadresse, site, site web, site
  internet, página web, sitio web
address: street, street name, street address, address line, street line, Straße, Anschrift, Adresse, Hausnummer, rue,
  calle, dirección, domicilio, suite
city: town, locality, Ort, Stadt, Wohnort, ville, commune, ciudad, localidad, población, municipio
state: province, state province, region, Bundesland, Kanton, département, région, estado, provincia, región
postal_code: zip, zip code, zip postal code, post code, PLZ, Postleitzahl, code postal, CP, código postal
country: country region, nation, Land, Staat, pays, país
notes: note, comment, remark, remarks, memo, details, Notiz, Notizen, Bemerkung, Bemerkungen, Kommentar, Anmerkung,
  Anmerkungen, remarque, remarques, commentaire, commentaires, nota, notas, observaciones, comentario, comentarios
description: desc, subject, Beschreibung, Bezeichnung, Betreff, objet, descripción, asunto
lead_source: source, origin, Quelle, Herkunft, Lead-Quelle, origine, provenance, origen, fuente
type: category, Typ, Art, Kategorie, catégorie, tipo, categoría
time_zone: tz, Zeitzone, fuseau horaire, zona horaria, huso horario
call_date: last call, last called, call date, letzter Anruf, dernier appel, última llamada
reminder_date: reminder, reminder date, follow up, follow up date, callback date, Wiedervorlage, Erinnerung, rappel,
  date de rappel, recordatorio
objection: Einwand, objeción
owner: operator, operator id, owner, assigned to, sales agent, sales person, salesperson, sales rep, agent, account
  manager, Zuständig, zugewiesen an, Besitzer, Verkäufer, commercial, assigné à, propietario, vendedor
industry: sector, Branche, secteur, sector industrial
employees: number of employees, headcount, Mitarbeiter, Mitarbeiterzahl, effectif, empleados
annual_revenue: revenue, turnover, Umsatz, Jahresumsatz, chiffre d'affaires, ingresos, facturación
amount: value, deal value, Betrag, Wert, montant, importe, valor
action: task, activity, to do, task name, subject, Aufgabe, Betreff, tâche, tarea
stage: deal stage, sales stage, Phase, Verkaufsphase, étape, etapa
close_date_1: close date, closing date, expected close date, Abschlussdatum, date de clôture, fecha de cierre
probability: Wahrscheinlichkeit, probabilité, probabilidad
ordered_on: order date, ordered, date, Datum, Bestelldatum, date de commande, fecha de pedido
sort: sort, order, position, Reihenfolge
reminder_time: due time, time, callback time, Uhrzeit
priority: Priorität, priorité, prioridad, priorità, prioriteit, prioridade, priorytet
"""  # unsaid: the words of other programs


def words(text: str) -> tuple[str, ...]:
    """The single words of a text that has commas between them."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


SYNONYMS = {
    name: words(called)
    for name, _colon, called in (line.partition(": ") for line in re.sub(r"\n +", " ", _WORDS).strip().splitlines())
}
"""what a record type gets for free, by calling its fields as the others do"""

_ALIKE = """
high, hoch, haute, haut, elevee, alta, alto, hoog, wysoki, wysoka, wysoki priorytet, hog, hoj, haute priorite
normal, medium, mittel, normale, moyenne, moyen, media, medio, normaal, gemiddeld, normalny, normalna, sredni, média
low, niedrig, gering, basse, faible, bas, baja, bajo, bassa, basso, baixa, laag, niski, niska, lag
not started, nicht begonnen, noch nicht begonnen, non commencee, non commence, pas commence, a faire, no comenzada,
  no iniciada, no iniciado, no comenzado, sin empezar, sin comenzar, non iniziata, non iniziato, non avviata,
  niet gestart, niet begonnen, nao iniciada, nao iniciado, nie rozpoczete, nie rozpoczeto, planned, geplant, open, offen
in progress, in bearbeitung, begonnen, laufend, en cours, en curso, in corso, wordt uitgevoerd, bezig, em andamento,
  em curso, w toku, w trakcie
completed, complete, done, finished, closed, resolved, held, erledigt, abgeschlossen, fertig, beendet, geschlossen,
  termine, terminee, acheve, achevee, clos, fait, completado, completada, terminado, terminada, finalizado, finalizada,
  cerrado, cerrada, hecho, hecha, completato, completata, terminato, finito, chiuso, fatto, voltooid, afgerond, klaar,
  gereed, afgesloten, concluido, concluida, concluída, completo, feito, zakonczone, zakonczony, ukonczone, gotowe
waiting on someone else, waiting, waiting for input, pending input, wartet auf jemand anderen, warten auf jemand
  anderen, wartet, in attente, en attente, en attente de quelqu'un d'autre, en attente d'une autre personne, a la espera
  de otra persona, en espera, esperando, in attesa, in attesa di altri, wachten op iemand anders, wacht, aguardando,
  aguardando outra pessoa, oczekuje, oczekiwanie na inna osobe
deferred, zuruckgestellt, verschoben, aufgeschoben, reporte, reportee, differe, differee, aplazado, aplazada,
  pospuesto, rinviato, rinviata, uitgesteld, adiado, adiada, odroczone
"""  # unsaid: the words of other programs


def plain(text: str) -> str:
    """A word without case, accents and the blanks around it."""
    return " ".join(fold(text).replace("\u2019", "'").split())


ALIKE: list[frozenset[str]] = [
    frozenset(plain(word) for word in words(line)) for line in re.sub(r"\n +", " ", _ALIKE).strip().splitlines()
]
"""what programs of several languages call the same state or priority"""
DONE = next(group for group in ALIKE if "completed" in group)
"""what they say of a task that is done"""


def same(text: str) -> frozenset[str]:
    """All that other programs and languages say for this word; nothing where they say only one thing."""
    return next((group for group in ALIKE if plain(text) in group), frozenset())


_NOT_ENGLISH = """
vorname nachname firma betreff fallig notizen ort strasse plz anrede prioritat erledigt datum erinnerung
wiedervorlage anruf land ansprechpartner bestelldatum abschlussdatum falligkeit faelligkeit unternehmen kunde
aufgabe prenom nom societe objet echeance ville telephone courriel rappel priorite entreprise tache appel
cloture etat nombre apellido apellidos empresa asunto vencimiento ciudad telefono correo prioridad fecha tarea
llamada recordatorio cierre estado cognome nome azienda oggetto scadenza citta priorita attivita chiamata
voornaam achternaam bedrijf onderwerp vervaldatum plaats prioriteit taak sobrenome assunto vencimento cidade
telefone prioridade tarefa imie nazwisko temat termin miasto telefon
"""  # unsaid: words in the titles of files
_SAYS_DAY_FIRST = frozenset(_NOT_ENGLISH.split())


def day_first(titles: Iterable[str]) -> bool:
    """Whether the titles of a table are in a language whose people write the day before the month."""
    return sum(bool(_SAYS_DAY_FIRST & {*re.findall(r"[^\W\d_]+", fold(title))}) for title in titles) >= 2


SHORT = {
    "due": "reminder_date", "reminder": "reminder_date", "mail": "email", "tel": "phone", "zip": "postal_code",
    "code": "call_code", "try": "call_try", "first": "first_name", "last": "last_name", "source": "lead_source",
    "created": "created_on", "web": "website", "fallig": "reminder_date", "faellig": "reminder_date",
    "angelegt": "created_on",
}  # fmt: skip
"""what people type before the colon of a filter, and the field they mean"""
