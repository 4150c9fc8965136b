"""Fields put into texts: parsed once, filled with what is known, never parsed again (BX-28)."""

from __future__ import annotations

from time import perf_counter

import pytest

from channergy_crm.text.placeholders import Piece, Place, fill, parse, problem, written

KNOWN = {"lead.first_name", "lead.last_name", "lead.company", "operator.name", "today"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("Good day.", ("Good day.",)),
        ("{{ lead.first_name }}", (Place("lead.first_name"),)),
        ("Hi {{lead.first_name}}!", ("Hi ", Place("lead.first_name"), "!")),
        ('{{ lead.first_name or "there" }}', (Place("lead.first_name", "there"),)),
        ('{{ lead.first_name or "" }}', (Place("lead.first_name", ""),)),
        ("{{ lead.first_name or 'you' }}", (Place("lead.first_name", "you"),)),
        ("{{ lead.first_name or “you” }}", (Place("lead.first_name", "you"),)),
        ("{{ today }}, {{ today }}", (Place("today"), ", ", Place("today"))),
        ("{{{ today }}}", ("{", Place("today"), "}")),
        ("a {{ b", ("a {{ b",)),
        ("{{ lead.first name }}", ("{{ lead.first name }}",)),
        ("{{ lead.first_name | upper }}", ("{{ lead.first_name | upper }}",)),
        ("{{ lead.__class__.__mro__ }}", ("{{ lead.__class__.__mro__ }}",)),
        ("{% if today %}x{% endif %} $5 {today}", ("{% if today %}x{% endif %} $5 {today}",)),
        ('{{ today or "a\nb" }}', ('{{ today or "a\nb" }}',)),
    ],
)
def test_bx28_a_text_is_parsed_into_words_and_places(text: str, parts: tuple[object, ...]) -> None:
    assert parse(text) == parts


def test_bx28_what_is_put_in_is_never_parsed_again_and_what_is_missing_is_collected() -> None:
    parts = parse('{{ lead.first_name }} {{ lead.last_name or "there" }} of {{ lead.company }}, {{ lead.company }}')
    filled = fill(parts, {"lead.first_name": "{{ today }}", "lead.company": "  "})
    assert filled.text == "{{ today }} there of , "
    assert filled.missing == ["lead.company"]
    assert filled.pieces[0] == Piece("{{ today }}", filled=True, name="lead.first_name")
    assert filled.pieces[2] == Piece("there", filled=True, name="lead.last_name")
    assert fill(parse('{{ lead.last_name or "" }}'), {}).pieces == (Piece("", name="lead.last_name"),)
    assert filled.pieces[4] == Piece("", missing=True, name="lead.company")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ lead.company }} and $5", None),
        ("{{ lead.frist_name }}", "There is no field “lead.frist_name”; did you mean “lead.first_name”?"),
        ("{{ quantum }}", "There is no field “quantum”; choose one under “Put in a field”."),
        ("a {{ lead.first name }} b", "“{{ lead.first name }}” is not understood; a field is written like this: "
         '{{ lead.first_name or "there" }}'),
        ("x {{ today", "“{{ today” is not understood; a field is written like this: "
         '{{ lead.first_name or "there" }}'),
    ],
)  # fmt: skip
def test_bx28_a_slip_is_told_in_a_sentence(text: str, said: str | None) -> None:
    assert problem(text, KNOWN) == said


@pytest.mark.parametrize(
    "hostile",
    ["{{" * 50_000, "{{ " * 33_000, "{{ today or \"" * 8_000, "{{ " + " " * 100_000 + "}}", "{{" + "a" * 100_000 + "}}",
     '{{ today or "' + "x" * 100_000, "{{ today }}" * 9_000, "}}{{" * 25_000],
)  # fmt: skip
def test_bx28_hostile_texts_take_no_longer_than_they_are_long(hostile: str) -> None:
    before = perf_counter()
    parse(hostile), problem(hostile, KNOWN)
    assert perf_counter() - before < 0.5


def test_bx28_a_place_is_written_as_it_is_read() -> None:
    assert parse(written("lead.company", "your company")) == (Place("lead.company", "your company"),)
    assert parse(written("today")) == (Place("today"),)
