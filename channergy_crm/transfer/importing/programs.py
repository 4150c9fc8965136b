"""What the present exports of other programs call their columns, and how one sees whose export a file is (F-28).

A person's `company` is the company of a lead and the customer of a contact. What a record has no field for is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Account, Contact, Lead, Opportunity, Task
from channergy_crm.text.folding import fold
from channergy_crm.text.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.record import Record


def _columns(text: str) -> dict[str, str]:
    """Titles and the fields they go into, out of a text with commas between them."""
    pairs = (pair.rpartition(": ") for pair in words(" ".join(text.split())))
    return {title: name for title, _colon, name in pairs}


_GOOGLE = _columns("""
    First Name: first_name, Given Name: first_name, Last Name: last_name, Family Name: last_name, Organization Name:
    company, Organization 1 - Name: company, Organization Title: title, Organization 1 - Title: title, E-mail 1 - Value:
    email, E-mail 2 - Value: email, E-mail 3 - Value: email, E-mail 4 - Value: email, Phone 1 - Value: phone, Phone 2 -
    Value: other_phone, Phone 3 - Value: other_phone, Phone 4 - Value: other_phone, Phone 5 - Value: other_phone, Notes:
    notes, Website 1 - Value: website, Website 2 - Value: website, Address 1 - Street: address, Address 1 - Extended
    Address: address, Address 1 - PO Box: address, Address 1 - City: city, Address 1 - Region: state, Address 1 - Postal
    Code: postal_code, Address 1 - Country: country
    """)  # unsaid: what other programs write
_OUTLOOK = _columns("""
    First Name: first_name, Last Name: last_name, Company: company, Job Title: title, E-mail Address: email, E-mail 2
    Address: email, E-mail 3 Address: email, Business Phone: phone, Business Phone 2: other_phone, Primary Phone: phone,
    Company Main Phone: other_phone, Mobile Phone: other_phone, Home Phone: other_phone, Home Phone 2: other_phone,
    Other Phone: other_phone, Business Fax: fax, Web Page: website, Business Street: address, Business Street 2:
    address, Business Street 3: address, Business City: city, Business State: state, Business Postal Code: postal_code,
    Business Country/Region: country, Business Country: country, Notes: notes,

    Vorname: first_name, Nachname: last_name, Firma: company, Position: title, E-Mail-Adresse: email, E-Mail 2 Adresse:
    email, E-Mail 3 Adresse: email, Telefon geschäftlich: phone, Telefon geschäftlich 2: other_phone, Haupttelefon:
    phone, Telefon Firma: other_phone, Mobiltelefon: other_phone, Telefon (privat): other_phone, Telefon (privat 2):
    other_phone, Weiteres Telefon: other_phone, Fax geschäftlich: fax, Webseite: website, Straße geschäftlich: address,
    Straße geschäftlich 2: address, Straße geschäftlich 3: address, Ort geschäftlich: city, Region geschäftlich: state,
    Bundesland/Kanton geschäftlich: state, Postleitzahl geschäftlich: postal_code, Land/Region geschäftlich: country,
    Land geschäftlich: country, Notizen: notes,

    Prénom: first_name, Nom: last_name, Société: company, Titre: title, Adresse de messagerie: email, Adresse de
    messagerie 2: email, Adresse de messagerie 3: email, Adresse e-mail: email, Adresse e-mail 2: email, Téléphone
    (bureau): phone, Téléphone 2 (bureau): other_phone, Téléphone principal: phone, Téléphone société: other_phone, Tél.
    mobile: other_phone, Téléphone mobile: other_phone, Téléphone (domicile): other_phone, Autre téléphone: other_phone,
    Télécopie (bureau): fax, Page Web: website, Rue (bureau): address, Rue (bureau) 2: address, Ville (bureau): city,
    Dép/Région (bureau): state, Code postal (bureau): postal_code, Pays/Région (bureau): country, Pays (bureau):
    country,

    Nombre: first_name, Apellidos: last_name, Apellido: last_name, Organización: company, Compañía: company, Puesto:
    title, Cargo: title, Dirección de correo electrónico: email, Dirección del correo electrónico: email, Dirección del
    correo electrónico 2: email, Dirección de correo electrónico 2: email, Teléfono del trabajo: phone, Teléfono del
    trabajo 2: other_phone, Teléfono principal: phone, Número principal de la organización: other_phone, Móvil:
    other_phone, Teléfono móvil: other_phone, Teléfono particular: other_phone, Otro teléfono: other_phone, Fax del
    trabajo: fax, Página Web: website, Calle del trabajo: address, Ciudad de trabajo: city, Ciudad del trabajo: city,
    Provincia o estado de trabajo: state, Provincia o estado del trabajo: state, Código postal del trabajo: postal_code,
    País o región del trabajo: country, País del trabajo: country, Notas: notes
    """)  # unsaid: the same
_OUTLOOK_TASK = _columns("""
    Subject: action, Reminder Date: reminder_date, Due Date: reminder_date, Reminder Time: reminder_time, Date
    Completed: closed, % Complete: closed, Priority: priority, Status: status, Notes: notes,

    Betreff: action, Erinnerung am: reminder_date, Fällig am: reminder_date, Fälligkeitsdatum: reminder_date,
    Erinnerungszeit: reminder_time, Erinnerung um: reminder_time, Erledigt am: closed, Erledigt: closed, Datum erledigt:
    closed, % erledigt: closed, Prozent erledigt: closed, % abgeschlossen: closed, Priorität: priority, Notizen: notes,

    Objet: action, Sujet: action, Date de rappel: reminder_date, Date du rappel: reminder_date, Échéance: reminder_date,
    Date d'échéance: reminder_date, Heure de rappel: reminder_time, Heure du rappel: reminder_time, Date d'achèvement:
    closed, Terminé le: closed, % achevé: closed, Priorité: priority, État: status, Statut: status,

    Asunto: action, Fecha de aviso: reminder_date, Fecha del aviso: reminder_date, Fecha de vencimiento: reminder_date,
    Vencimiento: reminder_date, Hora de aviso: reminder_time, Hora del aviso: reminder_time, Fecha de finalización:
    closed, % completado: closed, Prioridad: priority, Estado: status, Notas: notes
    """)  # unsaid: the same
_PIPEDRIVE = _columns("""
    Person - Name: full_name, Person - First name: first_name, Person - Last name: last_name, Person - Organization:
    company, Organization - Name: company, Person - Phone: phone, Person - Phone - Work: phone, Person - Phone - Mobile:
    other_phone, Person - Phone - Home: other_phone, Person - Phone - Other: other_phone, Person - Email: email, Person
    - Email - Work: email, Person - Email - Home: email, Person - Email - Other: email, Person - Job title: title,
    Person - Notes: notes, Organization - Address: address, Lead - Title: description, Lead - Organization: company,
    Lead - Contact person: full_name, Lead - Source: lead_source, Lead - Source name: lead_source, Lead - Note: notes
    """)  # unsaid: the same
_SUITE = _columns("""
    First Name: first_name, Last Name: last_name, Title: title, Account Name: company, Email Address: email, Email:
    email, Office Phone: phone, Mobile: other_phone, Home Phone: other_phone, Other Phone: other_phone, Fax: fax,
    Website: website, Primary Address Street: address, Primary Address City: city, Primary Address State: state,
    Primary Address Postal Code: postal_code, Primary Address Country: country, Lead Source: lead_source, Description:
    notes, first_name: first_name, last_name: last_name, account_name: company, email1: email, phone_work: phone,
    phone_mobile: other_phone, phone_home: other_phone, phone_other: other_phone, phone_fax: fax,
    primary_address_street: address, primary_address_city: city, primary_address_state: state,
    primary_address_postalcode: postal_code, primary_address_country: country, lead_source: lead_source, Do Not Call:
    do_not_call, do_not_call: do_not_call
    """)  # unsaid: the same
_HUBSPOT = _columns("""
    First Name: first_name, Last Name: last_name, Email: email, Additional email addresses: email, Phone Number: phone,
    Mobile Phone Number: other_phone, WhatsApp Phone Number: other_phone, Fax Number: fax, Company Name: company,
    Associated Company: company, Primary Associated Company: company, Job Title: title, Street Address: address, City:
    city, State/Region: state, Postal Code: postal_code, Country/Region: country, Website URL: website, Message: notes,
    Notes: notes, Original Source: lead_source, Original Traffic Source: lead_source
    """)  # unsaid: the same
_SALESFORCE = _columns("""
    FirstName: first_name, LastName: last_name, First Name: first_name, Last Name: last_name, Title: title, Company:
    company, Company / Account: company, Account Name: company, Phone: phone, MobilePhone: other_phone, Mobile:
    other_phone, HomePhone: other_phone, OtherPhone: other_phone, Fax: fax, Email: email, Website: website, Street:
    address, City: city, State: state, State/Province: state, PostalCode: postal_code, Zip/Postal Code: postal_code,
    Country: country, MailingStreet: address, MailingCity: city, MailingState: state, MailingPostalCode: postal_code,
    MailingCountry: country, Mailing Street: address, Mailing City: city, Mailing State/Province: state, Mailing
    Zip/Postal Code: postal_code, Mailing Country: country, LeadSource: lead_source, Lead Source: lead_source,
    Description: notes, DoNotCall: do_not_call, Do Not Call: do_not_call, HasOptedOutOfEmail: other_refusal, Email Opt
    Out: other_refusal, HasOptedOutOfFax: other_refusal, Fax Opt Out: other_refusal
    """)  # unsaid: the same
_ZOHO = _columns("""
    First Name: first_name, Last Name: last_name, Title: title, Designation: title, Company: company, Account Name:
    company, Email: email, Secondary Email: email, Phone: phone, Mobile: other_phone, Home Phone: other_phone, Other
    Phone: other_phone, Fax: fax, Website: website, Street: address, City: city, State: state, Zip Code: postal_code,
    Country: country, Mailing Street: address, Mailing City: city, Mailing State: state, Mailing Zip: postal_code,
    Mailing Country: country, Lead Source: lead_source, Description: notes, Email Opt Out: other_refusal
    """)  # unsaid: the same
_DYNAMICS = _columns("""
    First Name: first_name, Last Name: last_name, Job Title: title, Company Name: company, Business Phone: phone, Mobile
    Phone: other_phone, Home Phone: other_phone, Other Phone: other_phone, Fax: fax, Email: email, E-mail: email, Email
    Address 2: email, Email Address 3: email, Website: website, Web Site: website, Street 1: address, Street 2: address,
    Street 3: address, City: city, State/Province: state, ZIP/Postal Code: postal_code, Country/Region: country,
    Address 1 Street 1: address, Address 1 Street 2: address, Address 1 Street 3: address, Address 1 City: city,
    Address 1 State/Province: state, Address 1 ZIP/Postal Code: postal_code, Address 1 Country/Region: country, Topic:
    description, Lead Source: lead_source, Description: notes, Do not allow Phone Calls: do_not_call, Do not allow
    Emails: other_refusal, Do not allow Bulk Emails: other_refusal, Do not allow Mails: other_refusal, Do not allow
    Faxes: other_refusal
    """)  # unsaid: the same
_ACT = _columns("""
    Company: company, Contact: full_name, First Name: first_name, Last Name: last_name, Title: title, Phone: phone,
    Mobile Phone: other_phone, Alternate Phone: other_phone, Alt Phone: other_phone, Home Phone: other_phone, 2nd Phone:
    other_phone, Fax: fax, Fax Phone: fax, E-mail: email, E-mail Address: email, Personal E-mail: email, Web Site:
    website, Address 1: address, Address 2: address, Address 3: address, City: city, State: state, ZIP Code:
    postal_code, Zip: postal_code, Country: country, Referred By: lead_source, Notes: notes
    """)  # unsaid: the same
_GOLDMINE = _columns("""
    Company: company, Contact: full_name, Title: title, Phone1: phone, Phone2: other_phone, Phone3: other_phone, Fax:
    fax, E-mail Address: email, Email: email, Web Site: website, Address1: address, Address2: address, Address3:
    address, City: city, State: state, Zip: postal_code, Country: country, Source: lead_source, Notes: notes
    """)  # unsaid: the same
_PERSON = _columns("""
    First Name: first_name, Last Name: last_name, Title: title, Fax: fax, Email: email, Description: notes
    """)  # unsaid: the same
_VTIGER: dict[type[Record], dict[str, str]] = {
    Lead: _PERSON
    | _columns("""
        Company: company, Lead Source: lead_source, Phone: phone, Primary Phone: phone, Mobile: other_phone, Mobile
        Phone: other_phone, Primary Email: email, Designation: title, Website: website, Lead Status: call_status,
        Assigned To: owner, Street: address, City: city, State: state, Postal Code: postal_code, Country: country, Do
        Not Call: do_not_call, Email Opt Out: other_refusal, Lead No: imported
        """),  # unsaid: the same
    Contact: _PERSON
    | _columns("""
        Account Name: customer, Organization Name: customer, Office Phone: phone, Mobile: other_phone, Mobile Phone:
        other_phone, Primary Email: email, Do Not Call: do_not_call, Email Opt Out: other_refusal, Contact Id: imported
        """),  # unsaid: the same
    Account: _columns("""
        Account Name: name, Organization Name: name, Phone: phone, Primary Phone: phone, Fax: fax, Email: email,
        Primary Email: email, Website: website, Employees: employees, Industry: industry, Type: type, Annual Revenue:
        annual_revenue, Assigned To: owner, Description: description, Account No: imported, Organization No: imported
        """),  # unsaid: the same
    Opportunity: _columns("""
        Potential Name: name, Opportunity Name: name, Account Name: account, Organization Name: account, Amount:
        amount, Expected Close Date: close_date_1, Sales Stage: stage, Probability: probability, Type: type, Lead
        Source: lead_source, Next Step: next_step, Assigned To: owner, Description: description, Potential No: imported,
        Opportunity No: imported
        """),  # unsaid: the same
    Task: _columns("""
        Subject: action, Due Date: reminder_date, Time Start: reminder_time, Priority: priority, Status: status,
        Related To: account, Assigned To: owner, Description: notes
        """),  # unsaid: the same
}
_COMPANIES = _columns("""
    Name: name, Account Name: name, Company name: name, Organization - Name: name, Phone: phone, Office Phone: phone,
    Main Phone: phone, Phone Number: phone, Fax: fax, Email: email, Email Address: email, Website: website, Website URL:
    website, Company Domain Name: website, Industry: industry, Employees: employees, NumberOfEmployees: employees,
    Number of Employees: employees, Annual Revenue: annual_revenue, AnnualRevenue: annual_revenue, Type: type, Account
    Type: type, Description: description
    """)  # unsaid: the same
_DEALS = _columns("""
    Deal - Title: name, Deal - Value: amount, Deal - Organization: account, Deal - Contact person: decision_maker, Deal
    - Stage: stage, Deal - Probability: probability, Deal - Expected close date: close_date_1, Deal - Lost reason:
    outcome_reason, Deal - Source: lead_source, Deal Name: name, Opportunity Name: name, Topic: name, Account Name:
    account, Associated Company: account, Potential Customer: account, Account: account, Amount: amount, Opportunity
    Amount: amount, Est. Revenue: amount, Deal Stage: stage, Sales Stage: stage, StageName: stage, Stage: stage, Close
    Date: close_date_1, CloseDate: close_date_1, Closing Date: close_date_1, Expected Close Date: close_date_1, Est.
    Close Date: close_date_1, Probability (%): probability, Probability: probability, Deal probability: probability,
    Next Step: next_step, NextStep: next_step, Lead Source: lead_source, LeadSource: lead_source, Contact Name:
    decision_maker, Type: type, Deal Type: type, Description: description, Deal Description: description
    """)  # unsaid: the same
_TASKS = _columns("""
    Subject: action, Task Title: action, Activity - Subject: action, Due Date: reminder_date, ActivityDate:
    reminder_date, Activity - Due date: reminder_date, Activity - Due time: reminder_time, Activity - Done: closed,
    Activity - Note: notes, Activity - Organization: account, Activity - Priority: priority, Priority: priority,
    Status: status, Task Status: status, Activity Status: status, Description: notes, Task Notes: notes, Comments: notes
    """)  # unsaid: the same
_PEOPLE = {
    "Google": _GOOGLE, "Outlook": _OUTLOOK, "Pipedrive": _PIPEDRIVE, "SuiteCRM": _SUITE, "HubSpot": _HUBSPOT,
    "Salesforce": _SALESFORCE, "Zoho": _ZOHO, "Dynamics": _DYNAMICS, "Act": _ACT, "GoldMine": _GOLDMINE,
}  # fmt: skip
_OTHERS = {Account: _COMPANIES, Opportunity: _DEALS, Task: _TASKS}
_SELLING = ("Pipedrive", "SuiteCRM", "HubSpot", "Salesforce", "Zoho", "Dynamics")
# Titles that only this program writes: a file with enough of them is its export.
_SIGNS = {
    "vtiger": """
        Lead No, Contact Id, Account No, Potential No, Potential Name, Organization No, Opportunity No, Assigned To,
        Created Time, Modified Time
        """,  # unsaid: what other programs write
    "Google": """
        E-mail 1 - Value, Phone 1 - Value, Group Membership, Labels, Organization 1 - Name, Organization Title, Phonetic
        First Name, Address 1 - Street, Name Prefix
        """,  # unsaid: the same
    "Outlook": """
        E-mail Address, Business Phone, E-mail Display Name, Business Street, Reminder On/Off, Sensitivity, Billing
        Information, Schedule+ Priority, E-Mail-Typ, Telefon geschäftlich, Straße geschäftlich, E-Mail: Angezeigter
        Name, Fälligkeitsdatum, Erinnerung Ein/Aus, Vertraulichkeit, Abrechnungsinformation, Téléphone (bureau), Rue
        (bureau), Adresse de messagerie, Rappel activé/désactivé, Date de rappel, Critère de diffusion, Date
        d'achèvement, Teléfono del trabajo, Calle del trabajo, Dirección de correo electrónico, Aviso
        activado/desactivado, Fecha del aviso, Fecha de finalización, Confidencialidad
        """,  # unsaid: the same
    "Pipedrive": """
        Person - Name, Person - Organization, Person - Phone - Work, Person - Email - Work, Person - Owner, Person -
        Phone, Person - Email, Organization - Address, Organization - Name, Organization - Owner, Deal - Title, Deal -
        Value, Deal - Stage, Deal - Organization, Activity - Subject, Activity - Due date, Activity - Done, Lead -
        Title, Lead - Owner
        """,  # unsaid: the same
    "SuiteCRM": """
        Primary Address Street, Primary Address City, Primary Address Postal Code, Assigned User, Assigned User Name,
        Assigned User Id, Status Description, Lead Source Description, Campaign ID, Date Entered, Date Modified,
        primary_address_street, primary_address_city, phone_work, phone_mobile, assigned_user_id, date_entered, email1,
        Opportunity Amount, Billing Street
        """,  # unsaid: the same
    "HubSpot": """
        Record ID, Contact owner, Company owner, Deal owner, Marketing contact status, Associated Company, Primary
        Associated Company, Original Source, Original Traffic Source, Lifecycle Stage, Deal Stage, Deal Name, Company
        Domain Name, Task Title, Task Status, Mobile Phone Number, Unsubscribed from all email
        """,  # unsaid: the same
    "Salesforce": """
        MobilePhone, LeadSource, OwnerId, CreatedDate, IsConverted, HasOptedOutOfEmail, DoNotCall, MailingStreet,
        BillingStreet, StageName, CloseDate, AccountId, NumberOfEmployees, ActivityDate, IsDeleted, SystemModstamp,
        Company / Account, Account Owner, Opportunity Owner, Mailing Zip/Postal Code, Opportunity Record Type, Account
        ID, Lead ID, Contact ID, Opportunity ID, Zip/Postal Code, WhoId, WhatId
        """,  # unsaid: the same
    "Zoho": """
        Record Id, Lead Owner, Lead Owner.id, Contact Owner, Contact Owner.id, Account Owner.id, Deal Owner, Deal
        Owner.id, Task Owner, Closing Date, Secondary Email, Email Opt Out, Zip Code, Mailing Zip, Probability (%),
        Lead Conversion Time, Skype ID, Tag
        """,  # unsaid: the same
    "Dynamics": """
        (Do Not Modify) Lead, (Do Not Modify) Contact, (Do Not Modify) Account, (Do Not Modify) Opportunity, (Do Not
        Modify) Task, (Do Not Modify) Row Checksum, (Do Not Modify) Modified On, Do not allow Phone Calls, Do not allow
        Emails, Do not allow Bulk Emails, Do not allow Mails, Status Reason, Address 1: Street 1, Address 1: City, Est.
        Close Date, Est. Revenue, Topic, Potential Customer, Activity Status, Regarding, Address 1: ZIP/Postal Code
        """,  # unsaid: the same
    "Act": """
        ID/Status, Phone Ext, Alternate Phone, Alt Phone, Last Results, Last Reach, Last Meeting, Last Attempt, Letter
        Date, Personal E-mail, Referred By, Fax Phone, Alternate Extension, Salutation, Address 3
        """,  # unsaid: the same
    "GoldMine": """
        Accountno, Phone1, Phone2, Phone3, Ext1, Ext2, Address1, Address2, Address3, Secr, Dear, Key1, Key2, Key3,
        Mergecodes, Lastname, Recid
        """,  # unsaid: the same
}
NAMES = tuple(_SIGNS)
# Whom address books speak of, and where the company of such a person goes.
COMPANY_OF: dict[type[Record], str] = {Lead: "company", Contact: "customer"}


# Whose the records were there: people of another program, who need not be here.
_OWNER_TITLES = """
    Owner, OwnerId, Owner ID, Owner Name, Lead Owner, Contact Owner, Account Owner, Deal Owner, Task Owner, Opportunity
    Owner, Company owner, Assigned User, Assigned User Name, Assigned To, Assigned to, Person - Owner, Organization -
    Owner, Deal - Owner, Lead - Owner, Activity - Assigned to user, Record Manager, Sales Agent
    """  # unsaid: the same
_OWNERS = frozenset(words(" ".join(_OWNER_TITLES.split())))


def table(name: str, record: type[Record]) -> dict[str, str]:
    """The columns a program writes for these records, by their titles; none where it writes none."""
    if name == "vtiger":
        return _VTIGER.get(record, {})
    company = COMPANY_OF.get(record)
    held = _PEOPLE[name] if company else _OTHERS.get(record, {}) if name in _SELLING else {}
    if name == "Outlook" and record is Task:
        held = _OUTLOOK_TASK
    known = record.offered().keys() | {"full_name", "do_not_call", "other_refusal"}
    meant = {title: (company or field) if field == "company" else field for title, field in held.items()}
    return {title: field for title, field in meant.items() if field in known}


def speaking(titles: Sequence[str]) -> list[str]:
    """The programs whose exports have such titles, the likeliest first."""
    header = {fold(title) for title in titles}
    counts = {
        name: sum(fold(sign) in header for sign in words(" ".join(signs.split()))) for name, signs in _SIGNS.items()
    }
    likely = [name for name, count in counts.items() if count >= 2]
    return sorted(likely, key=lambda name: -counts[name])


def columns(record: type[Record], titles: Sequence[str]) -> dict[str, str]:
    """What the program that wrote a file calls the fields of these records, '' for what goes nowhere; nothing when no
    program is known.
    """
    found = ((name, table(name, record)) for name in speaking(titles))
    name, held = next((each for each in found if each[1]), ("", {}))
    # Before there are such operators here, they would keep every row out; `--map` says that there are.
    return held if name in ("", "vtiger") else {**dict.fromkeys(_OWNERS, ""), **held}
