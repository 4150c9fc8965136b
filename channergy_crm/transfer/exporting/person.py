"""Everything about somebody in one ZIP file: to be read in a browser, for other programs, and the documents (DP-6)."""

from __future__ import annotations

import json
import zipfile
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _, ngettext
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services.privacy import everything, requests
from channergy_crm.store.complaints import ReadOnly
from channergy_crm.transfer.exporting.run import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.services.privacy.everything import About, Part
    from channergy_crm.store.database import Office
    from channergy_crm.transfer.exporting.run import Progress
    from channergy_crm.work.record import Record

FOLDER = "documents"
STYLE = (
    "body{font:14px sans-serif;max-width:60em;margin:2em auto;color:#1a2028}table{border-collapse:collapse;"
    "margin:0 0 1.5em}td{vertical-align:top;padding:2px 12px 2px 0}td:first-child{color:#535d6b;white-space:nowrap}"
    "td:last-child{white-space:pre-wrap}h2{margin-top:2em}"
)  # unsaid: how it looks
HEAD = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>
<body><h1>{title}</h1><p>{day}</p>"""  # unsaid: HTML
LINKED = '<p><a href="documents/{at}">{name}</a></p>'  # unsaid: HTML
END = "</body></html>"  # unsaid: HTML


def write(
    office: Office, record: type[Record], key: object, path: Path, by: str, *, along: bool = True,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write everything about the person of a record into a ZIP file; how many entries it holds.

    It is whole or not there. It stands in the log of exports, and an open request of theirs is answered by it.
    """
    found = everything.about(record, key, by, along=along)
    if path.suffix.lower() != ".zip":
        raise Mistake(_("Everything about somebody goes into a ZIP file: give it the ending .zip."))
    if office.path and path.exists() and path.samefile(office.path):
        raise Mistake(_("{file} is the office itself. Choose another file.").format(file=path))
    count = sum(len(part.entries) for part in found.parts)
    part = path.with_name(f"{path.name}.part")
    try:
        with said(path):
            _write(part, found, progress)
            try:
                with work.unit("Export", by=by):
                    _note(record, by, count, path)
                part.replace(path)
            except ReadOnly:  # whoever may only read the office has no place to put it down
                part.replace(path)
        requests.answer_open(record, key, by)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write(path: Path, found: About, progress: Progress | None) -> None:
    names = set[str]()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for tell in everything.DOCUMENTS:
            for document in tell(found.whom):
                if progress is not None:
                    progress(len(names), 0, _("Documents"))
                with archive.open(f"{FOLDER}/{_unlike(document.name, names)}", "w", force_zip64=True) as file:
                    for piece in document.pieces:
                        file.write(piece)
        archive.writestr("index.html", page(found, sorted(names)))
        archive.writestr("data.json", data(found))


def _unlike(name: str, names: set[str]) -> str:
    """A name no other document has, and that leads nowhere else."""
    plain = name.replace("\\", "_").replace("/", "_").lstrip(".") or "document"  # unsaid: the name of a file
    stem, dot, ending = plain.rpartition(".")
    number, wanted = 2, plain
    while wanted.casefold() in {each.casefold() for each in names}:
        wanted = f"{stem} ({number}).{ending}" if dot else f"{plain} ({number})"
        number += 1
    names.add(wanted)
    return wanted


def data(found: About) -> str:
    """All of it as JSON: by table a list of entries, each with its values by the name of the field."""
    held = {"name": found.called, "date": clock.today().isoformat(),
            "tables": {part.table: part.entries for part in found.parts}}  # fmt: skip
    return json.dumps(held, ensure_ascii=False, indent=1)


def page(found: About, documents: list[str]) -> str:
    """All of it as a page that any browser shows."""
    title, day = _("Everything about {name}"), _("As of {day:%Y-%m-%d}")
    lines = [HEAD.format(title=escape(title.format(name=found.called)), style=STYLE,
                         day=escape(day.format(day=clock.today())))]  # fmt: skip
    for part in found.parts:
        lines += _section(part)
    if documents:
        heading = escape(_("Documents"))
        lines.append(f"<h2>{heading}</h2>")
        lines += [LINKED.format(at=quote(name), name=escape(name)) for name in documents]
    return "\n".join([*lines, END])


def _section(part: Part) -> Iterator[str]:
    count = ngettext("{count:,} entry", "{count:,} entries", len(part.entries)).format(count=len(part.entries))
    yield f"<h2>{escape(part.title)}</h2><p>{escape(count)}</p>"
    for entry in part.entries:
        yield "<table>"
        yield from (f"<tr><td>{escape(label)}</td><td>{escape(text)}</td></tr>" for label, text in entry.items())
        yield "</table>"


def _note(record: type[Record], by: str, rows: int, path: Path) -> None:
    ExportRow.insert(
        by=by, done=clock.now(), table=record._meta.table_name, what="person", search="", columns="", rows=rows,
        form="zip", file=str(path.absolute()),
    ).execute()  # fmt: skip
