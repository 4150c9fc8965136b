"""500 letters and 2,400 labels, prepared, laid out and written, beside a bare painter that draws the same (BX-26).

`python -m tests.benchmarks.bench_letters [LETTERS] [LABELS]` prints JSON. No screen is needed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import figure, show, timed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.letters import Prepared
    from ui.paper.sheet import Paper

LETTERS, LABELS = 500, 2_400
MOST_TIMES_PDF, MOST_TIMES_LAYOUT = 2.0, 3.0
"""what a PDF, and laying out, may cost: times the bare painter"""
MOST_EACH_MS, MOST_WORD_MS = 3.0, 1_000.0
"""milliseconds: to prepare one, and for the Word document with all letters"""
TEXT = (
    "Dear {{ person.name }},\n\nwelcome as a customer of **ours**. Your first order for {{ lead.company }} is on its "
    "way; the card with it says whom to call, and when. Whatever is missing is sent after it at once.\n\n"
    "- the catalog\n- the list of prices\n\nYours sincerely\n\n{{ operator.name }}"
)


def prepared(count: int, body: str) -> tuple[Prepared, float]:
    """So many people, and a letter to each; how long it took to prepare them."""
    from channergy_crm.records import Lead
    from channergy_crm.services import letters
    from channergy_crm.work import unit

    with unit("Make people", by="ADMIN"):
        for number in range(Lead.select().count(), count):
            Lead.create(description="Parkas", first_name="Ann", last_name=f"Lee {number}", company=f"Acme {number}",
                        address=f"{number} Mill Road", city="Boston", state="MA", postal_code="02110",
                        owner="ADMIN")  # fmt: skip
    keys = [(Lead, row.number) for row in Lead.select(Lead.number).limit(count)]
    made: list[Prepared] = []
    wanted = letters.Wanted("Welcome", body=body)
    took = timed(lambda: made.append(letters.prepare(keys, wanted, "ADMIN")))
    assert len(made[0].recipients) == count, made[0].reasons()
    return made[0], took


def bare(paper: Paper, path: Path) -> None:
    """The same words at the same places, drawn one after the other by a painter and nothing else."""
    from PySide6.QtCore import QMarginsF, QPointF
    from PySide6.QtGui import QPageLayout, QPainter, QPdfWriter

    from ui.paper.sheet import POINT, font

    writer = QPdfWriter(str(path))
    writer.setResolution(600)
    writer.setPageLayout(paper.layout())
    writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)
    painter = QPainter(writer)
    painter.scale(600 / 72 / POINT, 600 / 72 / POINT)
    fonts = {words.style: font(paper.sheet.size, words.style) for page in paper.pages for words in page.words}
    for number, page in enumerate(paper.pages):
        if number:
            writer.newPage()
        for words in page.words:
            painter.setFont(fonts[words.style])
            painter.drawText(QPointF(words.x, words.y), words.text)
    painter.end()


def nobody(done: int, total: int, said: str = "") -> None:
    """Nobody waits."""


def measured(folder: Path, letters: int, labels: int) -> list[dict[str, object]]:
    """All figures."""
    from channergy_crm.outgoing.word import markup, plain
    from channergy_crm.text import label_sheets
    from ui.paper import label_pages, letter_pages

    head = letter_pages.Head("Acme Office", "1 Harbor St\nBoston, MA 02110", "28 Nov 2026")
    some, took = prepared(letters, TEXT)
    found = [figure(f"prepare {letters} letters", took, MOST_EACH_MS * letters, 0)]
    papers: list[Paper] = []
    lay = timed(lambda: papers.append(letter_pages.laid_out(some.recipients, head, "A4", "Letters", nobody)))
    found += _paper("letters", papers[0], lay, folder)
    upon = markup.Head(*head, label_sheets.SIZES["A4"], 25.0, 62.7)
    word = timed(lambda: plain.write(some.recipients, upon, folder / "letters.docx", nobody))
    found.append(figure(f"{letters} letters as a Word document", word, MOST_WORD_MS * letters / LETTERS, 0))
    many, took = prepared(labels, "{{ address }}")
    found.append(figure(f"prepare {labels} labels", took, MOST_EACH_MS * labels, 0))
    sheet = label_sheets.sheet("L7159", "A4")
    lay = timed(lambda: papers.append(label_pages.laid_out(many.recipients, sheet, 1, "Labels", nobody)))
    found += _paper("labels", papers[1], lay, folder)
    return found


def _paper(name: str, paper: Paper, lay: float, folder: Path) -> Sequence[dict[str, object]]:
    from ui.paper import painting

    bare(paper, folder / "warm.pdf")
    floor = min(timed(lambda: bare(paper, folder / "bare.pdf")) for _time in range(3))
    pdf = min(timed(lambda: painting.save_pdf(paper, folder / f"{name}.pdf", nobody)) for _time in range(3))
    size = (folder / f"{name}.pdf").stat().st_size
    return [
        figure(f"lay {name} out", lay, MOST_TIMES_LAYOUT * floor, floor, pages=len(paper.pages)),
        figure(f"{name} into a PDF", pdf, MOST_TIMES_PDF * floor, floor, bytes=size),
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure so many letters and labels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from channergy_crm.store.database import open_database

    counts = [int(each) for each in arguments] + [LETTERS, LABELS][len(arguments) :]
    application = QGuiApplication([])
    with tempfile.TemporaryDirectory() as folder:
        office = open_database(f"sqlite:///{folder}/office.db")
        try:
            figures = measured(Path(folder), *counts)
        finally:
            office.close()
    application.quit()
    return show("letters", figures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
