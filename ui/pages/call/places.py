"""Where things stand in the call bar: the note beside the results, or under them where it is narrow."""

from __future__ import annotations

from typing import Any

from ui.pages.call.next_try import EDITOR

BLOCK, WIDEST = 0.557, 504
"""the share of the results in the room, and the most they take"""
ROOMY = 980
"""from there on the time there is said"""
DOT, BETWEEN, APART = 10, 5, 14


def place(bar: Any) -> None:
    """Everything in its place: the note beside the results, or under them where it is narrow."""
    px, pad = bar.px, 16 if bar.is_narrow else 24
    inner, top = bar.width() - 2 * pad, px(42)
    block = inner if bar.is_narrow else min(px(WIDEST), int(inner * BLOCK))
    bar.results.setGeometry(pad, top, block, px(102))
    words = max(bar.note_label.sizeHint().width(), bar.next_try.label.sizeHint().width()) + 12
    if bar.is_narrow:
        bar.note_label.setGeometry(pad, px(152), words, px(28))
        bar.note.setGeometry(pad + words, px(152), inner - words, px(48))
    else:
        left = pad + block + 24
        bar.note_label.setGeometry(left, px(10), words, px(28))
        bar.note.setGeometry(left, top, bar.width() - pad - left, px(102))
    _head(bar, pad, block)
    bar.save.say_key(True)
    if inner - bar.save.sizeHint().width() - 16 < words + px(EDITOR) + bar.next_try.beside_the_line():
        bar.save.say_key(False)  # the tip says it
    bottom, verb = px(212 if bar.is_narrow else 158), bar.save.sizeHint()
    bar.save.setGeometry(bar.width() - pad - verb.width(), bottom, verb.width(), verb.height())
    bar.next_try.shows_there, bar.next_try.label_width = bar.width() >= px(ROOMY), words
    bar.next_try.setGeometry(pad, bottom, inner - verb.width() - 16, verb.height())
    bar.next_try.arrange()
    _hint(bar, pad + words, bottom + verb.height() + 1)


def _head(bar: Any, pad: int, block: int) -> None:
    """The first line: time, number and try; what else can be pressed at the right, as far as there is room."""
    top, high, right = bar.px(10), bar.px(28), bar.width() - pad
    other = 0 if bar.results.other.isHidden() else bar.results.other.sizeHint().width()
    at, long = pad + DOT + 8, bar.timer.sizeHint().width()
    bar.timer.setGeometry(at, top, long, high)
    at += long + 12
    bar.local_time.setVisible(bool(bar.local_time.text()) and bar.number.isVisibleTo(bar))
    said = [words for words in (bar.calling, bar.number, bar.local_time, bar.said) if words.isVisibleTo(bar)]
    told = sum(words.sizeHint().width() + APART for words in said)
    taken = at + told + other if bar.is_narrow else bar.note_label.geometry().right()
    for hint in reversed(bar.hints):
        width = hint.sizeHint().width()
        hint.setVisible(right - width >= taken + 24)
        hint.setGeometry(right - width, top, width, high)
        right -= width + 16 if hint.isVisibleTo(bar) else 0
    ends = right if bar.is_narrow else pad + block
    bar.results.other.setGeometry(ends - other, bar.px(9), other, bar.px(30))
    verb = 0 if bar.hang_up.isHidden() else bar.hang_up.sizeHint().width() + 8
    bar.hang_up.setGeometry(ends - other - verb, bar.px(9), max(0, verb - 8), bar.px(30))
    other += verb
    if told > ends - other - at and bar.local_time in said:  # it stands in its tile as well: the try is never cut
        bar.local_time.hide()
        said.remove(bar.local_time)
    for words in said:
        words.setGeometry(at, top, max(0, min(words.sizeHint().width(), ends - other - 8 - at)), high)
        at += words.sizeHint().width() + (BETWEEN if words is bar.calling else APART)


def _hint(bar: Any, left: int, top: int) -> None:
    """The line of keys, where there is one."""
    shown = bar.is_hinted and not bar.is_narrow
    right = bar.width() - 24 - bar.esc.sizeHint().width()
    for words, at in ((bar.for_now, left), (bar.esc, right)):
        words.setVisible(shown)
        words.setGeometry(at, top, min(words.sizeHint().width(), bar.width() - at), bar.px(16))
    for hint in bar.hints if shown else ():
        hint.hide()
