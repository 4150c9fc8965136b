"""What is typed is answered in the language of the workstation: of the command line no word of English is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm import commands, language
from channergy_crm.query import sentence
from channergy_crm.records import Lead
from channergy_crm.services import checking_office, leads
from channergy_crm.settings import LANGUAGE, Station
from channergy_crm.store.database import writing
from channergy_crm.transfer.reading.cards import cards_in
from tests.pseudo import english_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

CARD = """BEGIN:VCARD
VERSION:3.0
N:Miller;Ann
TEL:1
TEL:2
TEL;TYPE=WORK:3
TEL;TYPE=FAX:4
TEL;TYPE=FAX:5
EMAIL:a@example.com
EMAIL:b@example.com
END:VCARD
"""


@pytest.fixture
def pseudo() -> Iterator[None]:
    """This workstation has chosen the language that nobody speaks."""
    Station().set(LANGUAGE, language.PSEUDO)
    yield
    language.use(language.ENGLISH)


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], pseudo: None) -> Callable[..., list[str]]:
    """What a command says, line by line."""

    def no_window(url: str, operator: str | None) -> int:
        raise AssertionError("no window was asked for")

    def run(*arguments: object) -> list[str]:
        commands.run([str(argument) for argument in arguments], no_window)
        heard = capsys.readouterr()
        return (heard.out + heard.err).splitlines()

    return run


@pytest.mark.parametrize("command", ["", "import", "export", "check", "backup", "restore", "reject-import"])
def test_help_is_given_in_the_language_that_is_chosen(
    command: str, pseudo: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    with pytest.raises(SystemExit):
        commands.run([*command.split(), "--help"], lambda url, operator: 1)
    lines = capsys.readouterr().out.splitlines()
    explained = [line.strip().partition("  ")[2].strip() for line in lines if line.startswith("  ")]
    assert any(text.startswith("[") for text in explained)
    assert [text for text in explained if english_in(text)] == []


def test_an_import_is_told_in_the_language_that_is_chosen(
    said: Callable[..., list[str]], database_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("company,phone,county\nAcme,5046218927,x\n,5046218928,y\n", "utf-8")
    for more in (["--dry-run"], [], ["--on-match", "update"]):
        lines = said("import", "leads", path, "--operator", "ADMIN", *more, "--database", database_url)
        assert len(lines) >= 3 and [line for line in lines if english_in(line)] == []
    for command in (["export", "leads", tmp_path / "out.csv"], ["reject-import", 1], ["reject-import", 1],
                    ["leads-from-customers", "--operator", "ADMIN"], ["check"]):  # fmt: skip
        lines = said(*command, "--database", database_url)
        assert lines and [line for line in lines if english_in(line)] == [], command


@pytest.mark.engines("sqlite")
def test_copying_an_office_is_told_in_the_language_that_is_chosen(
    said: Callable[..., list[str]], database_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    assert not any(map(english_in, said("backup", copy, "--database", database_url)))
    held = said("restore", copy, "--database", database_url)
    assert english_in(held[0]) == "" == english_in(held[-1])
    assert any(line.endswith("(CRMLeads)") and "[" in line for line in held)
    assert not any(map(english_in, said("check", "--database", tmp_path / "none.db")))


def test_findings_are_whole_sentences(office: Office, operator: str, pseudo: None) -> None:
    leads.create({"description": "Wants a printer", "phone": "504-621-8927"}, operator)
    with writing():
        office.database.execute_sql(
            """UPDATE "CRMLeads" SET "PhoneDigits" = '123', "CallCode" = 'XYZ', "ReminderTime" = '25:00',
            "RowVersion" = "RowVersion" + 1"""
        )
    language.use(language.PSEUDO)
    steps: list[str] = []
    found = [each.sentence for each in checking_office.check(office, lambda *step: steps.append(step[2])).findings]
    assert len(found) >= 3 and [text for text in (*found, *steps) if english_in(text)] == []


@pytest.mark.parametrize("text", ["", "acme -bell", "-phone: due<today", "a (b OR c)", "-(a number>5)", "-email:x"])
def test_a_filter_is_read_aloud_in_the_language_in_use(office: Office, pseudo: None, text: str) -> None:
    language.use(language.PSEUDO)
    assert english_in(sentence.sentence(Lead, text).replace("(", "").replace(")", "")) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-city=Austin", "City is not Austin"),
        ("-city!=Austin", "City is Austin"),
        ("-number>=5", "Lead # not at least 5"),
        ("list:", "on any list"),
        ("a b c", "“a” stands anywhere and “b” stands anywhere and “c” stands anywhere"),
        ("-due<today", "Reminder Dt not before today"),
    ],
)
def test_what_a_filter_does_not_want_is_said_in_whole_sentences(office: Office, text: str, said: str) -> None:
    assert sentence.sentence(Lead, text) == said


def test_what_a_card_has_no_field_for_is_noted_in_the_language_in_use() -> None:
    assert cards_in(CARD)[0]["More Numbers"] == "Work: 3\nFax: 5"
    assert cards_in(CARD)[0]["Notes"] == "Email: b@example.com"
    language.use(language.PSEUDO)
    more = cards_in(CARD)[0]["More Numbers"]
    language.use(language.ENGLISH)
    assert more.startswith("[Wörk") and more.splitlines()[0].endswith("]: 3")


def test_several_names_stand_in_one_sentence() -> None:
    assert [language.all_of(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip
