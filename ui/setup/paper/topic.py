"""The rows of Documents on paper: letterhead, bank, what stands on it, texts by kind and language, names of files."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal

from channergy_crm.errors import CRMError
from channergy_crm.language import ENGLISH, N_, _, in_use, languages
from channergy_crm.outgoing import einvoice
from channergy_crm.services import rights, sales_paper, sales_texts
from channergy_crm.settings import (
    PAPER_ACCENT,
    PAPER_BANK,
    PAPER_BIC,
    PAPER_BLOCKS,
    PAPER_EINVOICE,
    PAPER_FEE,
    PAPER_FILE,
    PAPER_HOLDER,
    PAPER_IBAN,
    PAPER_LINK,
    PAPER_REGISTER,
    PAPER_SENDER,
    PAPER_SIZE,
    PAPER_TAX,
    PAPER_VAT,
)
from channergy_crm.text import placeholders
from channergy_crm.text.iban import is_bic, is_iban
from ui.editors.base import LineEditor, MoneyEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor
from ui.setup.paper import logo
from ui.setup.settings_rows import CONTROL, SHORT, Hint, TopicPage
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.chosen import Chosen
    from ui.setup.settings_rows import SettingRow

SIZES = range(8, 14)
WIDE = 460
MOST = 2_000
"""letters of a text"""
YES_NO = [("on", N_("yes")), ("off", N_("no"))]
LISTS = N_("Exported lists")


class FeeEditor(MoneyEditor):
    """An amount that is kept as its cents in words."""

    def value(self) -> str:
        """The cents; empty for none."""
        held = super().value()
        return "" if held is None else str(held)

    def set_value(self, value: object) -> None:
        """Show them."""
        text = str(value or "")
        super().set_value(int(text) if text.isdecimal() else None)


class PaperTopic(TopicPage):
    """What is chosen is stored at once; `turned` tells of which kind and language the texts are."""

    turned = Signal(str, str)
    typed = Signal()
    """something stands there that is not stored yet"""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__("", chosen, parent, "paper")
        self.kind, self.language = "invoice", in_use() if in_use() in languages() else languages()[0]
        if refused := rights.may(chosen.session.by, "administer"):
            self.add_word(refused, "overdue")
        self._add_texts()
        self._add_head()
        self._add_bank()
        self._add_blocks()
        self.close_up()
        for row in self.rows.values():
            row.editor.changed.connect(self.typed)

    def typing(self) -> dict[str, str]:
        """What stands in the rows now, by the names of settings; what cannot be is left out."""
        return {row.setting.name: str(row.editor.value() or "") for row in self.rows.values() if row.problem() is None}

    # ---------------------------------------------------------------- groups

    def _add_head(self) -> None:
        self.begin(_("Letterhead"))
        self._refused = Hint("", self._middle)
        self.add_verb("logo", _("Logo"), _("Choose a picture…"), self._choose_logo,
                      hint=_("PNG, JPEG or SVG; it stands at the top right."))  # fmt: skip
        self._off = self.add_verb("logo_off", "", _("Take it off"), partial(self._keep_logo, b""))
        self._column.addWidget(self._refused)
        self.add(PAPER_ACCENT, LineEditor(self, max_length=7), check=_colour_problem, width=SHORT,
                 hint=_("Of headings and lines, such as #1f4e79."))  # fmt: skip
        sizes = [(str(size), _("{points} points").format(points=size)) for size in SIZES]
        self.add(PAPER_SIZE, ChoiceEditor(sizes, self, allow_empty=False), width=SHORT)
        self.add(PAPER_SENDER, LineEditor(self, max_length=200),
                 hint=_("Small above the address; empty: name and address of the office."))  # fmt: skip

    def _add_bank(self) -> None:
        self.begin(_("Bank and numbers"))
        self.add(PAPER_HOLDER, LineEditor(self, max_length=70), hint=_("Empty: the name of the office."))
        self.add(PAPER_BANK, LineEditor(self, max_length=80))
        self.add(PAPER_IBAN, LineEditor(self, max_length=42), check=_iban_problem)
        self.add(PAPER_BIC, LineEditor(self, max_length=14), check=_bic_problem, width=SHORT)
        self.add(PAPER_TAX, LineEditor(self, max_length=40))
        self.add(PAPER_VAT, LineEditor(self, max_length=40))
        self.add(PAPER_REGISTER, TextEditor(self, lines=2), check=_long_problem)
        self.add(PAPER_LINK, LineEditor(self, max_length=300), check=_link_problem,
                 hint=_("Where an invoice is paid; {number} and {amount} are put in. Its code stands where no transfer "
                        "in euros can be."))  # fmt: skip
        self.add(PAPER_FEE, FeeEditor(self), width=SHORT, hint=_("Stands on reminders; empty is none."))

    def _add_blocks(self) -> None:
        self.begin(_("What stands on it"))
        for setting in (*PAPER_BLOCKS.values(), PAPER_EINVOICE):
            choices = ChoiceEditor([(one, _(said)) for one, said in YES_NO], self, allow_empty=False)
            hint = _about_einvoice() if setting is PAPER_EINVOICE else ""
            self.add(setting, choices, width=SHORT, hint=hint)

    def _add_texts(self) -> None:
        self.begin(_("Texts and names of files"))
        kinds = [*((kind, _(said)) for kind, said in sales_texts.KINDS.items()), (sales_texts.LISTS, _(LISTS))]
        self._kinds = self._chooser("kind", _("Document"), kinds, self.kind)
        spoken = [(code, _language(code)) for code in languages()]
        self._languages = self._chooser("language", _("Language"), spoken, self.language)
        opening, closing = (TextEditor(self, lines=3) for _part in range(2))
        self._texts: dict[str, SettingRow] = {}
        for part, editor in ((sales_texts.OPENING, opening), (sales_texts.CLOSING, closing)):
            setting = sales_texts.setting(self.kind, self.language, part)
            self._texts[part] = self.add(setting, editor, check=_text_problem, width=WIDE, hint=" ")
        self._file = self.add(PAPER_FILE.of(self.kind), LineEditor(self, max_length=200), width=WIDE, hint=" ",
                              check=lambda value: sales_texts.pattern_problem(self.kind, str(value or "")))  # fmt: skip
        self._say()

    def _chooser(self, name: str, label: str, offered: list[tuple[str, str]], value: str) -> ChoiceEditor:
        editor = named(ChoiceEditor(offered, self, allow_empty=False), f"paper.{name}", label)
        self._widths[editor] = CONTROL
        self._put(label, editor, Hint("", self._middle))
        editor.set_value(value)
        editor.changed.connect(self._turn)
        return editor

    # ---------------------------------------------------------------- of which the texts are

    def _turn(self) -> None:
        """Another kind or language; what is typed and cannot be stays, and so does what it is of."""
        rows = [*self._texts.values(), self._file]
        for row in rows:
            row.settle()
        if any(row.problem() is not None for row in rows):
            self._kinds.set_value(self.kind)
            self._languages.set_value(self.language)
            return
        self.kind, self.language = str(self._kinds.value()), str(self._languages.value())
        for part, row in self._texts.items():
            row.setting = sales_texts.setting(self.kind, self.language, part)
        self._file.setting = PAPER_FILE.of(self.kind)
        for row in rows:
            row.look()
        self._say()
        self.turned.emit(self.kind, self.language)

    def _say(self) -> None:
        """What stands there where nothing is typed, and which fields can be put in."""
        of_lists = self.kind == sales_texts.LISTS
        for part, row in self._texts.items():
            for each in self._cells[row.editor]:
                each.setVisible(not of_lists)
            usual = sales_texts.usual(self.kind, self.language, part)
            row.say(_("Empty: “{text}”. A single - is none.").format(text=usual) if usual else _("Empty is none."))
        names = sales_texts.LIST_FIELDS if of_lists else sales_texts.FIELDS
        fields = "  ".join(_whole(placeholders.written(name)) for name in names)
        pattern = sales_texts.LIST_PATTERN if of_lists else sales_texts.PATTERN
        self._file.say(_("Empty: {pattern}. Fields: {fields}").format(pattern=_whole(pattern), fields=fields))

    def look(self) -> None:
        """Everything as it is now."""
        super().look()
        if hasattr(self, "_off"):
            session = self.chosen.session
            self._off.setEnabled(bool(session.attempt(lambda: sales_paper.logo(session.by))))

    # ---------------------------------------------------------------- the logo

    def _choose_logo(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _form = QFileDialog.getOpenFileName(
            self, _("Logo"), "", _("Pictures ({forms})").format(forms=logo.FORMS)
        )
        if not chosen:
            return
        try:
            made = logo.picture(Path(chosen))
        except CRMError as error:
            self._refused.say(error.message, "overdue")
            return
        self._keep_logo(made)

    def _keep_logo(self, made: bytes) -> None:
        session = self.chosen.session
        try:
            sales_paper.choose_logo(made, session.by)
        except CRMError as error:
            self._refused.say(error.message, "overdue")
            return
        self._refused.say("")
        session.say_done(_("The logo is chosen.") if made else _("The logo is taken off."))


# ---------------------------------------------------------------- what cannot be


def _colour_problem(value: object) -> str | None:
    right = not value or re.fullmatch(r"#[0-9a-fA-F]{6}", str(value))
    return None if right else _("Write a colour with # and six signs, such as #1f4e79.")


def _iban_problem(value: object) -> str | None:
    return None if not value or is_iban(str(value)) else _("That is no IBAN: its check digits or its length are wrong.")


def _bic_problem(value: object) -> str | None:
    return None if not value or is_bic(str(value)) else _("A BIC has eight or eleven signs, such as COBADEFFXXX.")


def _link_problem(value: object) -> str | None:
    return None if not value or str(value).startswith("https://") else _("The link begins with https://.")


def _text_problem(value: object) -> str | None:
    return _long_problem(value) or sales_texts.problem(str(value or ""))


def _long_problem(value: object) -> str | None:
    return None if len(str(value or "")) <= MOST else _("At most {most:,} letters have room.").format(most=MOST)


def _whole(fields: str) -> str:
    """No line ends inside a field."""
    return fields.replace("{{ ", "{{\u00a0").replace(" }}", "\u00a0}}")


def _language(code: str) -> str:
    """By its own name."""
    if code == ENGLISH:
        return "English"  # unsaid: its own name
    return QLocale(code).nativeLanguageName().partition(" ")[0].capitalize()


def _about_einvoice() -> str:
    said = _("Factur-X XML inside the PDF of invoices and credit notes, valid against its schema.")
    return einvoice.why_missing() or said
