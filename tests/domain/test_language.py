"""Sentences in any language: how they are written, what declarations say, what the journal and the views keep."""

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING

import pytest

from channergy_crm import language, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, Message, Own, _, counted, many, ngettext, one
from channergy_crm.query import conditions, spelling
from channergy_crm.records import BY_TABLE, CustomLookup, Lead, ListView
from channergy_crm.services import custom_fields, saving, views
from channergy_crm.settings import THEME
from channergy_crm.store import database
from channergy_crm.work import UnitRow, undo
from channergy_crm.work.record import Extra
from tests import translations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

GERMAN = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "{name} is required."
msgstr "{name} fehlt."

msgid "{count:,} row saved."
msgid_plural "{count:,} rows saved."
msgstr[0] "{count} Zeile gesichert."
msgstr[1] "{count} Zeilen gesichert."

msgid "Phone"
msgstr "Rufnummer"

msgid "Call Code"
msgstr "Anrufergebnis"

msgid "Account"
msgstr "Firma"

msgid "Light or dark"
msgstr "Hell oder dunkel"

msgid "Leads"
msgstr "Interessenten"

msgctxt "in a sentence"
msgid "lead"
msgstr "Interessent"

msgctxt "in a sentence"
msgid "leads"
msgstr "Interessenten"

msgctxt "in a sentence"
msgid "{count:,} lead"
msgid_plural "{count:,} leads"
msgstr[0] "{count} Interessent"
msgstr[1] "{count} Interessenten"

msgid "Create {record} {name}"
msgstr "{record} {name} anlegen"

msgid "Remove {records}"
msgstr "{records} wegräumen"

msgid "Set {field} of {records}"
msgstr "{field} von {records} setzen"

msgid "Delete {name}"
msgstr "{nmae} löschen"

msgctxt "list of a new office"
msgid "Cold"
msgstr "Kalt"
"""


@pytest.fixture
def german(tmp_path: Path) -> Iterator[Path]:
    """A small German catalogue, not yet in use; English again afterwards."""
    catalogue = tmp_path / "locale" / "de" / "LC_MESSAGES" / "channergy_crm.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(GERMAN, "utf-8")
    translations.compile_all(tmp_path / "locale")
    yield tmp_path / "locale"
    language.use("en")


def test_without_a_catalogue_everything_is_english(german: Path) -> None:
    assert language.use("fr_FR", german) == "en"
    assert _("{name} is required.").format(name="Phone") == "Phone is required."
    assert ngettext("{count} row", "{count} rows", 1) == "{count} row"
    assert (one(Lead), many(Lead), counted(Lead, 1), counted(Lead, 3_000)) == ("lead", "leads", "1 lead", "3,000 leads")
    assert one(CustomLookup) == "lookup value" and language.noun("API key") == "API key"


def test_the_nearest_language_there_is_is_spoken_and_what_is_missing_stays_english(german: Path) -> None:
    assert language.languages(german) == ["en", "de"]
    assert language.use("de_AT.UTF-8", german) == "de" == language.in_use()
    assert _("{name} is required.").format(name=Lead.kind("phone").label) == "Rufnummer fehlt."
    assert ngettext("{count:,} row saved.", "{count:,} rows saved.", 2).format(count=2) == "2 Zeilen gesichert."
    assert _("Nobody has translated this.") == "Nobody has translated this." and _("") == ""
    assert _(N_("Phone")) == "Rufnummer"


def test_without_a_choice_the_language_is_the_systems(german: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de:en")
    assert language.use(language.SYSTEM, german) == "de"


def test_declarations_are_shown_in_the_language_in_use_and_own_words_never(german: Path) -> None:
    assert (Lead.kind("phone").label, Lead.plural, THEME.label) == ("Phone", "Leads", "Light or dark")
    language.use("de", german)
    assert (Lead.kind("phone").label, Lead.plural, THEME.label) == ("Rufnummer", "Interessenten", "Hell oder dunkel")
    assert (Lead().plural, Lead.singular) == ("Interessenten", "Lead")
    assert language.source(Lead.kind("phone"), "label") == "Phone" and language.source(Lead(), "plural") == "Leads"
    assert (Extra("Phone", None).label, Extra(Own("Phone"), None).label) == ("Rufnummer", "Phone")


def test_the_offices_own_names_of_fields_are_never_translated(office: Office, operator: str, german: Path) -> None:
    own = custom_fields.add(Lead, "Light or dark", "text", operator)
    phone = custom_fields.find(Lead, "Phone", operator)
    phone.label = "Call Code 2"
    custom_fields.save(phone, operator)
    language.use("de", german)
    assert own.kind.label == "Light or dark" and Lead.kind("phone").label == "Call Code 2"
    assert conditions.names(Lead)["phone"] == "phone" and conditions.names(Lead)["callcode2"] == "phone"
    phone = custom_fields.find(Lead, "Phone", operator)
    phone.label = ""
    custom_fields.save(phone, operator)
    assert Lead.kind("phone").label == "Rufnummer"


def test_a_unit_is_told_in_the_language_of_whoever_reads_the_journal(
    office: Office, operator: str, german: Path
) -> None:
    lead = saving.save(Lead(description="x", company="Alder {Books}", owner=operator), operator)
    latest = undo.undoable(operator)
    assert latest is not None and latest.name == "Create lead Alder {Books}"
    row = UnitRow.get_by_id(latest.number)
    assert row.name == "Create {record} {name}"
    assert json.loads(row.parameters) == {"record": {"noun": "lead"}, "name": "Alder {Books}"}
    language.use("de", german)
    again = undo.undoable(operator)
    assert again is not None and again.name == "Interessent Alder {Books} anlegen"
    back = undo.reverse(again.number, by=operator, records=BY_TABLE)
    assert back is not None and back.name == "Interessent Alder {Books} anlegen"
    assert Lead.find(lead.key) is None
    language.use("en")
    redo = undo.redoable(operator)
    assert redo is not None and redo.name == "Create lead Alder {Books}"


def test_what_the_journal_held_before_stays_the_sentence_it_is(office: Office, operator: str, german: Path) -> None:
    with work.unit("Delete {name}", by=operator, name="x"):
        Lead.create(description="x", company="Birch", owner=operator)
    with database.writing():
        UnitRow.update(name="Save lead {odd} 100 %", parameters=None).execute()
    language.use("de", german)
    entry = undo.undoable(operator)
    assert entry is not None and entry.name == "Save lead {odd} 100 %"


def test_numbers_nouns_and_labels_in_a_message_are_said_anew(german: Path) -> None:
    said = Message(
        "Set {field} of {records}", {"field": language.label(Lead.kind("phone")), "records": counted(Lead, 2)}
    )
    kept = said.kept()
    assert str(said) == "Set Phone of 2 leads" and kept is not None
    language.use("de", german)
    assert str(Message.read(said.text, kept)) == str(said) == "Rufnummer von 2 Interessenten setzen"


def test_a_slip_of_a_translator_does_not_take_the_sentence_away(german: Path) -> None:
    language.use("de", german)
    assert str(Message("Delete {name}", {"name": "x"})) == "Delete x"


def test_a_filter_is_understood_in_any_language_and_in_english(office: Office, operator: str, german: Path) -> None:
    saving.save(Lead(description="x", company="Alder", phone="504-621-8927", call_code="DNC", owner=operator), operator)
    language.use("de", german)
    for typed in ("rufnummer:504", "phone:504", "anrufergebnis:dnc", "callcode:dnc", "code:dnc", "call_code:dnc"):
        assert Lead.select().where(conditions.condition(Lead, typed)).count() == 1, typed


def test_a_view_keeps_its_filter_by_the_names_of_the_fields(office: Office, operator: str, german: Path) -> None:
    language.use("de", german)
    typed = 'anrufergebnis:dnc -rufnummer: (company:"a b" OR Rufnummer!=5)'
    view = views.start("leads", operator, typed, [], [])
    view.name, view.colours = "Mine", json.dumps([["rufnummer:504", "overdue"]])
    views.save(view, Lead, operator)
    held = ListView.get_by_id(view.number)
    assert held.filter_text == 'call_code:dnc -phone: (company:"a b" OR phone!=5)'
    assert held.colour_rules() == [("phone:504", "overdue")]
    assert spelling.by_labels(Lead, held.filter_text) == 'anrufergebnis:dnc -rufnummer: (company:"a b" OR rufnummer!=5)'
    language.use("en")
    assert spelling.by_labels(Lead, held.filter_text) == 'callcode:dnc -phone: (company:"a b" OR phone!=5)'


def test_a_filter_that_cannot_be_read_is_shown_as_it_was_kept(office: Office) -> None:
    assert spelling.by_labels(Lead, "(phone:5") == "(phone:5"
    with pytest.raises(Mistake):
        spelling.by_names(Lead, "(phone:5")


@pytest.mark.parametrize("table", BY_TABLE)
def test_kept_and_shown_a_filter_means_the_same(office: Office, table: str) -> None:
    record = BY_TABLE[table]
    for name in conditions.names(record):
        for value in ("5", "x", ""):
            kept = spelling.by_names(record, f"{name}:{value}")
            for text in (kept, spelling.by_labels(record, kept)):
                field = text.partition(":")[0]
                assert spelling.meaning(record, field, value) == spelling.meaning(record, name, value), (name, text)


def test_the_pseudo_language_leaves_alone_what_is_put_in() -> None:
    language.use("pseudo")
    said = _("{count:,} rows of {name}").format(count=3_000, name="Alder")
    language.use("en")
    assert said.startswith("[3,000 ") and "Alder" in said and said.endswith("]") and "rows" not in said


def test_the_lists_of_a_new_office_are_read_in_its_language(empty_database_url: str, german: Path) -> None:
    language.use("de", german)
    office = database.open_database(empty_database_url)
    held = CustomLookup.get((CustomLookup.field == "InterestLevel") & (CustomLookup.value == "Cold"))
    office.close()
    assert (held.value, held.description) == ("Cold", "Kalt")


def test_everything_a_declaration_says_is_found_for_the_translators() -> None:
    said = dict(translations.declared())
    assert {"Phone", "Leads", "Light or dark", "Call Code", "Account"} <= said.keys()
    assert "Search text" not in said and "Cold" in set(translations.default_lists())
    texts = {(text.id if isinstance(text.id, str) else text.id[0], text.context) for text in translations.template()}
    assert {("lead", language.INSIDE), ("{count:,} lead", language.INSIDE), ("Save view {name}", None)} <= texts


def test_every_marked_text_can_be_put_together() -> None:
    for path, line, text in translations.marked():
        for each in (text,) if isinstance(text, str) else text:
            names = [
                name for _text, name, _form, _conversion in string.Formatter().parse(each or "") if name is not None
            ]
            assert all(part.isidentifier() for name in names for part in name.split(".")), f"{path}:{line}: {each}"


def test_translators_are_told_how_far_they_are(german: Path) -> None:
    assert list(translations.count(german)) == [("de", 15, 15)]
