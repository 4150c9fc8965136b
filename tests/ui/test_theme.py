"""Both themes can be read, focus is seen, icons take the ink of the palette."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget

from channergy_crm.resources import data
from tests.ui.gestures import activate
from ui.charts import ink as charts
from ui.look import paint, stage_colours, tag_colours, theme
from ui.look.icons import app_icon, icon
from ui.widgets.controls import Button, CheckBox, IconButton, Pill
from ui.widgets.fields import ComboBox, LineField, TextArea

if TYPE_CHECKING:
    from collections.abc import Iterator

THEMES = [theme.LIGHT, theme.DARK]
DRAWINGS = sorted(path.stem for path in (data("resources") / "icons").glob("*.svg"))
ASKED_FOR = [
    "add",
    "save",
    "save_next",
    "cancel",
    "remove",
    "restore",
    "convert",
    "phone",
    "email",
    "website",
    "undo",
    "redo",
    "search",
    "reminder",
    "lead",
    "account",
    "contact",
    "opportunity",
    "task",
    "settings",
    "first",
    "previous",
    "next",
    "last",
    "calendar",
    "clock",
    "check",
    "warning",
    "more",
    "columns",
    "open",
    "help",
    "lookups",
    "operator",
    "import",
    "refresh",
    "filter",
    "close",
    "chevron_down",
    "chevron_right",
    "goto",
]


@pytest.fixture
def undressed(qapp) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, "light")


def luminance(name: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    ink = QColor(name)
    return 0.2126 * linear(ink.redF()) + 0.7152 * linear(ink.greenF()) + 0.0722 * linear(ink.blueF())


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = ("chrome", "side", "base", "tile", "soft", "idle", "hover")
"""what rows, labels and facts stand on"""
INKS_ON = {
    "text": (*GROUNDS, "field", "chip"), "muted": GROUNDS, "accent_text": ("soft", "base", "field"),
    "chip_text": ("chip", "base"), "overdue": ("side", "base", "soft", "idle", "overdue_soft"),
    "soon": ("side", "base", "soft", "idle", "soon_soft"), "done": ("side", "base", "tile", "done_soft"),
    "on_accent": ("accent",),
}  # fmt: skip
"""every pair of ink and ground in use (look.md, Tokens)"""


@pytest.mark.parametrize("worn", theme.WORN.values(), ids=theme.WORN)
def test_bx35_every_text_stands_out_from_every_ground_it_is_used_on(worn):
    """4.5 : 1, and in high contrast 7 : 1, also for labels and for what stands back."""
    least = 7 if worn.high else 4.5
    for ink, grounds in (INKS_ON | {"faint": ("side", "base", "field", "tile")} if worn.high else INKS_ON).items():
        for ground in grounds:
            assert contrast(getattr(worn, ink), getattr(worn, ground)) >= least, (ink, ground)
    assert contrast(worn.base, worn.text) >= least  # tips and notices


@pytest.mark.parametrize("worn", theme.WORN.values(), ids=theme.WORN)
def test_bx35_edges_and_focus_stand_out(worn):
    least = 4.5 if worn.high else 3
    for ground in ("side", "base", "chrome", "tile", "field", *(("soft", "idle", "hover") if worn.high else ())):
        assert contrast(worn.border, getattr(worn, ground)) >= least, ground
        assert contrast(worn.accent, getattr(worn, ground)) >= least, ground
    assert worn.ring == (3 if worn.high else 2)
    assert QColor(worn.edge).darker(140).lightness() == pytest.approx(QColor(worn.border).lightness(), abs=2)


@pytest.mark.parametrize("worn", theme.WORN.values(), ids=theme.WORN)
def test_bx35_tags_stages_and_charts_follow_every_theme(worn):
    read, seen = (7, 4.5) if worn.high else (4.5, 2.1)
    for name, (ground, ink) in tag_colours.WORN[worn].items():
        assert contrast(ink, ground) >= read and contrast(ink, worn.base) >= read, name
    for name, colour in stage_colours.WORN[worn].items():
        assert contrast(colour, worn.side) >= seen, name
    ink = charts.WORN[worn]
    assert contrast(ink.bar, worn.base) >= seen
    for ground, figure in ink.heat:
        assert contrast(figure, ground) >= read, ground
    assert theme.theme_of(theme.palette_of(worn)) is worn and theme.other(worn).dark is not worn.dark


@pytest.mark.parametrize("choice", ["high_light", "high_dark"])
def test_bx35_in_high_contrast_the_row_with_the_keys_has_an_edge_all_round_and_the_other_a_bar(undressed, choice):
    """Not by colour alone: the shape says it as well."""
    worn, room = theme.apply(undressed, choice), QRect(0, 0, 60, 28)
    row = QWidget()
    for focus in (True, False):
        picture = QImage(room.size(), QImage.Format.Format_RGB32)
        with QPainter(picture) as painter:
            paint.cursor(painter, row, room, focus=focus)
        ink, ground = QColor(worn.accent if focus else worn.border), QColor(worn.soft if focus else worn.idle)
        edge = {picture.pixelColor(*at).name() for at in ((30, 1), (30, 2), (30, 26), (58, 14))}
        assert picture.pixelColor(3, 14) == ink and picture.pixelColor(30, 14) == ground
        assert edge == {ink.name() if focus else ground.name()}


def test_bx35_the_system_is_followed_when_it_asks_for_high_contrast(undressed, qtbot):
    theme.apply(undressed, "system")
    asked = theme._follower(undressed)._asks.contrastPreferenceChanged
    asked.emit(Qt.ContrastPreference.HighContrast)
    qtbot.waitUntil(lambda: theme.theme_of(undressed.palette()).high)
    asked.emit(Qt.ContrastPreference.NoPreference)
    qtbot.waitUntil(lambda: not theme.theme_of(undressed.palette()).high)


@pytest.mark.parametrize("worn", THEMES, ids=["light", "dark"])
def test_a_selection_can_be_read_with_and_without_the_focus(worn):
    palette = theme.palette_of(worn)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        ink = palette.color(group, QPalette.ColorRole.HighlightedText).name()
        assert contrast(ink, palette.color(group, QPalette.ColorRole.Highlight).name()) >= 4.5


@pytest.mark.parametrize(("choice", "worn"), theme.WORN.items())
def test_the_chosen_theme_is_worn_and_widgets_can_ask_for_its_colours(undressed, qtbot, choice, worn):
    assert theme.apply(undressed, choice) == worn
    widget = QWidget()
    qtbot.addWidget(widget)
    assert theme.theme_of(widget) == worn
    for name in theme.Theme._fields:
        assert theme.colour(widget, name) == QColor(getattr(worn, name))


def test_the_system_is_followed_when_it_turns_dark(undressed, qtbot):
    theme.apply(undressed, "system")
    undressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    qtbot.waitUntil(lambda: theme.theme_of(undressed.palette()) == theme.DARK)
    undressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    qtbot.waitUntil(lambda: theme.theme_of(undressed.palette()) == theme.LIGHT)


@pytest.mark.parametrize("choice", theme.WORN)
@pytest.mark.parametrize("make", [LineField, Button, ComboBox, TextArea, CheckBox, Pill, IconButton])
def test_focus_is_drawn_in_the_accent(undressed, qtbot, choice, make):
    worn = theme.apply(undressed, choice)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    one, other = make(), make()
    column.addWidget(one)
    column.addWidget(other)
    window.show()
    activate(qtbot, window)
    one.setFocus()
    assert min(one.height(), other.height()) >= theme.px(28) or make is CheckBox
    assert share(one.grab().toImage(), worn.accent) > 0.004
    assert share(other.grab().toImage(), worn.accent) == 0


def test_the_main_button_is_filled(undressed, qtbot):
    worn = theme.apply(undressed, "light")
    button = Button("Dial")
    qtbot.addWidget(button)
    button.loud()
    assert share(button.grab().toImage(), worn.accent) > 0.4
    button.loud(False)
    assert share(button.grab().toImage(), worn.accent) == 0


def test_nothing_wears_a_style_sheet():
    """A style sheet doubles the time a page takes (look.md, Making it)."""
    sources = (data("resources").parent / "ui").rglob("*.py")
    assert not [path.name for path in sources if "setStyleSheet" in path.read_text("utf-8")]


def test_a_ground_turns_with_the_theme(undressed, qtbot):
    """F-53: nothing of the old theme is left when light turns dark."""
    theme.apply(undressed, "light")
    part = QWidget()
    qtbot.addWidget(part)
    theme.stand_on(part, "chrome")
    theme.apply(undressed, "dark")
    assert part.palette().color(QPalette.ColorRole.Window) == QColor(theme.DARK.chrome)
    assert theme.theme_of(part) is theme.DARK


def test_every_height_follows_the_letters(undressed, qtbot):
    """BX-35: Text size."""
    button = Button("Dial")
    qtbot.addWidget(button)
    before = button.sizeHint()
    theme.text_size(undressed, 130)
    try:
        larger = Button("Dial")
        qtbot.addWidget(larger)
        assert larger.sizeHint().height() > before.height() * 1.2
        assert larger.sizeHint().width() > before.width() * 1.1
    finally:
        theme.text_size(undressed, 100)


def test_there_are_four_sizes_of_text(qapp):
    base = qapp.font()
    sizes = [make(base).pointSizeF() for make in (theme.small, theme.normal, theme.strong, theme.title)]
    assert sizes[0] < sizes[1] == sizes[2] < sizes[3]
    assert theme.strong(base).weight() > theme.normal(base).weight()


def share(picture: QImage, ink: str) -> float:
    wanted = QColor(ink).rgb()
    spots = [picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return spots.count(wanted) / len(spots)


def inked(picture: QImage) -> set[str]:
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }


def test_a_choice_is_kept_when_the_system_turns_dark(undressed, qtbot):
    theme.apply(undressed, "light")
    undressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    undressed.processEvents()
    assert theme.theme_of(undressed.palette()) == theme.LIGHT


def test_every_icon_that_is_needed_has_been_drawn():
    assert set(ASKED_FOR) <= set(DRAWINGS)


@pytest.mark.parametrize("name", ASKED_FOR)
@pytest.mark.parametrize("worn", THEMES, ids=["light", "dark"])
def test_an_icon_is_drawn_in_the_ink_of_the_palette_at_any_size(qapp, name, worn):
    drawn = icon(name, theme.palette_of(worn))
    for side in (16, 40):
        picture = drawn.pixmap(QSize(side, side)).toImage()
        assert (picture.width(), picture.height()) == (side, side)
    assert inked(drawn.pixmap(QSize(96, 96)).toImage()) == {worn.text}


def test_an_icon_is_sharp_on_a_screen_of_double_density(qapp):
    picture = icon("phone", theme.palette_of(theme.LIGHT)).pixmap(QSize(20, 20), 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (40, 2.0)


def test_a_disabled_icon_is_fainter(qapp):
    drawn = icon("phone", theme.palette_of(theme.LIGHT))
    size = QSize(48, 48)
    assert inked(drawn.pixmap(size, QIcon.Mode.Disabled).toImage()) != inked(drawn.pixmap(size).toImage())


def test_an_icon_follows_its_widget_when_light_turns_dark(undressed, qtbot):
    theme.apply(undressed, "light")
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icon("phone", button))
    before = inked(button.icon().pixmap(QSize(48, 48)).toImage())
    theme.apply(undressed, "dark")
    undressed.processEvents()
    assert (before, inked(button.icon().pixmap(QSize(48, 48)).toImage())) == ({theme.LIGHT.text}, {theme.DARK.text})


def test_the_program_has_a_sign_of_its_own(qapp):
    assert not app_icon().pixmap(QSize(256, 256)).isNull()


def test_an_unknown_icon_is_found_out_at_once(qapp):
    with pytest.raises(FileNotFoundError):
        icon("nothing", qapp.palette())


def test_drawing_is_not_loaded_before_an_icon_is_drawn():
    wanted = "ui.look.icons, ui.look.theme, ui.editors.base, ui.editors.dates"
    asked = f"import sys, {wanted}; print('PySide6.QtSvg' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
