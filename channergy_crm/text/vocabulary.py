"""What people and other programs call the fields that many records have, by the python name of the field."""

from __future__ import annotations

import re

FULL_NAME = "full_name"  # not a field: first and last name together

# In English, German, French and Spanish. The earlier line wins where two fields of a record are called alike.
_WORDS = """
account: account name, company, company name, organization, organisation, organization name, related to, customer,
  customer name, client, Firma, Firmenname, Unternehmen, Kunde, société, entreprise, empresa, cliente
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
address: street, street address, address line, street line, Straße, Anschrift, Adresse, Hausnummer, rue, calle,
  dirección, domicilio, suite
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
priority: Priorität, priorité, prioridad
"""  # unsaid: the words of other programs


def words(text: str) -> tuple[str, ...]:
    """The single words of a text that has commas between them."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


SYNONYMS = {
    name: words(called)
    for name, _colon, called in (line.partition(": ") for line in re.sub(r"\n +", " ", _WORDS).strip().splitlines())
}
"""what a record type gets for free, by calling its fields as the others do"""

SHORT = {
    "due": "reminder_date", "reminder": "reminder_date", "mail": "email", "tel": "phone", "zip": "postal_code",
    "code": "call_code", "try": "call_try", "first": "first_name", "last": "last_name", "source": "lead_source",
    "created": "created_on", "web": "website",
}  # fmt: skip
"""what people type before the colon of a filter, and the field they mean"""
