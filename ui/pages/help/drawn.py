"""How a page of help is drawn: its Markdown as a document in the letters and colours of the moment (VT-13)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import (
    QBrush,
    QFont,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit

from channergy_crm.language import _
from channergy_crm.text.folding import fold
from channergy_crm.text.help_pages import DOES, PRESSED
from ui.look import theme
from ui.look.wording import key_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.text.help_pages import HelpPage

    Key = tuple[str, str]
    """a key, and what it does"""

FLAGS = QTextDocument.MarkdownFeature.MarkdownNoHTML | QTextDocument.MarkdownFeature.MarkdownDialectCommonMark
_KEY, _NAME, _WORD = re.compile(r"`([^`\n]+)`"), re.compile(r"(?<![*\w])\*([^*\n]+)\*(?!\*)"), re.compile(r"\w+")
LINE_HEIGHT, INDENT = 135, 20
"""percent; pixels"""


def spoken(text: str) -> str:
    """The Markdown of a page with its keys as they stand on this keyboard, and names of the screen as they are here."""
    keyed = _KEY.sub(lambda found: f"`{key_name(found[1]) if PRESSED.fullmatch(found[1]) else found[1]}`", text)
    return _NAME.sub(lambda found: f"*{' › '.join(_(part) for part in found[1].split(' › '))}*", keyed)


def draw(document: QTextDocument, page: HelpPage, keys: Sequence[Key], font: QFont, worn: QPalette, note: str) -> None:
    """A page as a document; under it the keys of the screen it is about, over it a note where there is one."""
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setIndentWidth(theme.px(INDENT))
    over = f"*{note}*\n\n" if note else ""
    document.setMarkdown(f"# {page.title}\n\n{over}{spoken(page.text)}", FLAGS)
    whole = QTextCursor(document)
    whole.beginEditBlock()  # otherwise all of it is laid out anew after every step
    if keys:
        _add_keys(document, keys)
    block = document.begin()
    while block.isValid():
        _dress_block(block, font, worn)
        block = block.next()
    _dress_links_and_keys(document, font, worn)
    whole.endEditBlock()


def _add_keys(document: QTextDocument, keys: Sequence[Key]) -> None:
    """A small table behind the page, and the way to the sheet with all of them."""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    heading, plain, key, way = QTextBlockFormat(), QTextBlockFormat(), QTextCharFormat(), QTextCharFormat()
    heading.setHeadingLevel(2)
    key.setFontFixedPitch(True)
    way.setAnchor(True)
    way.setAnchorHref(f"{DOES}keys")
    cursor.insertBlock(heading, QTextCharFormat())
    cursor.insertText(_("Keys here"))
    cursor.insertBlock(plain, QTextCharFormat())
    form = QTextTableFormat()
    form.setBorder(0)
    form.setCellSpacing(0)
    form.setCellPadding(3)
    form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in (35, 65)])
    table = cursor.insertTable(len(keys), 2, form)
    for row, (pressed, what) in enumerate(keys):
        table.cellAt(row, 0).firstCursorPosition().insertText(pressed, key)
        table.cellAt(row, 1).firstCursorPosition().insertText(what, QTextCharFormat())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(_("The sheet of all keys"), way)


def _dress_block(block: Any, font: QFont, worn: QPalette) -> None:
    form, cursor = block.blockFormat(), QTextCursor(block)
    level, in_list = form.headingLevel(), block.textList() is not None and block.next().textList() is not None
    gap = theme.px(6)
    in_table = cursor.currentTable() is not None
    form.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setTopMargin({1: 0, 2: 3 * gap}.get(level, 0))
    form.setBottomMargin(0 if in_table else {1: 2 * gap, 2: gap}.get(level, gap / 2 if in_list else 1.5 * gap))
    cursor.setBlockFormat(form)
    if level:
        letters = QTextCharFormat()
        letters.setFont(theme.title(font) if level == 1 else theme.section(font))
        letters.setForeground(theme.colour(worn, "text"))
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(letters)


def _dress_links_and_keys(document: QTextDocument, font: QFont, worn: QPalette) -> None:
    for start, end, form in _pieces(document):
        letters = QTextCharFormat()
        if form.isAnchor():
            letters.setForeground(QBrush(theme.colour(worn, "accent_text")))
            letters.setFontUnderline(True)
        elif form.fontFixedPitch():
            letters.setFontFamilies([font.family()])
            letters.setFontFixedPitch(False)
            letters.setFontWeight(QFont.Weight.DemiBold)
            letters.setBackground(QBrush(theme.colour(worn, "chip")))
            letters.setForeground(QBrush(theme.colour(worn, "chip_text")))
        else:
            continue
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)


def _pieces(document: QTextDocument) -> list[tuple[int, int, QTextCharFormat]]:
    """Where each piece of text with one form begins and ends."""
    found, block = list[tuple[int, int, QTextCharFormat]](), document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            found.append((piece.position(), piece.position() + piece.length(), piece.charFormat()))
            pieces += 1
        block = block.next()
    return found


def marks(document: QTextDocument, typed: str, ground: Any) -> list[Any]:
    """Every word of the page in which a typed word stands, however both are written."""
    words = fold(typed).split()
    found = list[Any]()
    for each in _WORD.finditer(document.toPlainText()) if words else ():
        if any(word in fold(each[0]) for word in words):
            mark: Any = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(document)
            mark.cursor.setPosition(each.start())
            mark.cursor.setPosition(each.end(), QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(ground)
            found.append(mark)
    return found
