"""A list, and beside it the record somebody stands on in it: the same for every screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _, one
from channergy_crm.services import reading, saving
from ui.forms.new_linked import make_linked
from ui.forms.record_panel import RecordPanel
from ui.lists.bulk_commands import offer_changes, previewed
from ui.lists.empty_word import Way
from ui.lists.record_stepper import Steps
from ui.lists.view_bar import ViewBar
from ui.look import theme
from ui.pages import facts
from ui.pages.list_for import list_for, offer_cell
from ui.pages.page import ListPage, come_back
from ui.screens.usual import whole
from ui.session.within import mine, project_name
from ui.widgets.controls import Button
from ui.widgets.splitter import BlueLine
from ui.widgets.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.language import Named
    from channergy_crm.work.record import Record
    from ui.screen import Screen
    from ui.session.session import Session


class ListAndRecord(ListPage):
    """The list, the blue line and the record at work; where somebody moves in the list, the record follows."""

    _came_from: object = None  # the record somebody was on before they began a new one
    list_widths: Sequence[tuple[int, int]] = ((1400, 392), (1180, 360), (0, 288))
    """from which width of the page on the list is how wide"""
    has_strip = True
    """whether facts stand over the record"""
    called: type[Named] | None = None
    """what the records are called in sentences, where the list shows one kind of them"""
    panel_type: type[RecordPanel] = RecordPanel
    """what the record stands in"""

    def __init__(
        self, screen: Screen, session: Session, parent: QWidget | None = None, *, name: str = "",
        keeps_place: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(session, parent)
        self.record_type, name = screen.record, name or screen.name
        self.table = list_for(screen, session, self.condition, self, name=name, keeps_place=keeps_place)
        if self.called is not None:
            self.table.called = self.called
            self.table.search.call(self.called)
        self.panel = self.panel_type(
            screen, session, save=self.save, start=self.start, summary=self.summary if self.has_strip else None,
            prefix=name, parent=self,
            nothing=_("No {record} is open.").format(record=one(self.called or screen.record)),
        )  # fmt: skip
        for command in screen.commands:
            if command.name == "create":
                self.table.offer_ways(Way(command.label, self.panel.new, command.icon, self._why_no_new))
        self._line = BlueLine(f"{name}.line", Qt.Orientation.Horizontal, session.station, self._list_width)
        self.place = QStackedWidget(self)
        """where the list stands; something else may take its place for a while"""
        self.place.setObjectName(f"{name}.side")
        self.place.addWidget(self.table)
        self._line.hold(self.place, self.beside())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        self._follow()

    def beside(self) -> QWidget:
        """What stands beside the list: the record, unless the page has more parts."""
        return self.panel

    def give_room(self, widths: Sequence[tuple[int, int]] | None) -> None:
        """Give what stands in the place of the list these widths, or those of the list again."""
        self.list_widths = widths or type(self).list_widths
        self._line.share_anew()

    def _list_width(self, page: int) -> int:
        return theme.px(next(wide for least, wide in self.list_widths if page >= theme.px(least, self)), self)

    def add_create(self) -> None:
        """The button for a new record stands with the list."""
        for command in self.panel.commands.having("list"):
            button = self.panel.commands.button(command, self.table)
            if isinstance(button, Button):
                button.say_key(False)  # there is little room
            self.table.tools.addWidget(button)

    def _why_no_new(self) -> str | None:
        return self.panel.refused.get("create") or self.panel.why_no_new()

    def _follow(self) -> None:
        self.panel.commands.reach_from(self.table)
        self.table.chosen.connect(self._chosen)
        self.table.settled.connect(self._settled)
        self.table.opened.connect(lambda _: self.panel.form.focus_first())
        self.panel.saved.connect(self._saved)
        self.panel.link_wanted.connect(self._make_linked)
        self.panel.linked_wanted.connect(partial(make_linked, self.session, self))
        self.panel.turned.connect(self._turned)
        self.panel.given_up.connect(self._given_up)
        self.table.may_move = lambda: not self._stays(self.panel.record)

    def _saved(self, key: object) -> None:
        """What was saved is in the list, and the list stands on it; where somebody leaves it, they are elsewhere."""
        if not self.panel.is_left:
            self.table.go_to(key)

    def _turned(self) -> None:
        """A new record stands in no row yet (F-1)."""
        if self.panel.record is not None and self.panel.record.is_new:
            self._came_from = self.table.current() or self._came_from
            self.table.go_nowhere()

    def _given_up(self) -> None:
        """The new record is none: back to where somebody was in the list."""
        self._forget_new()
        self.take_focus()

    def _forget_new(self) -> None:
        self.panel.show_record(None)
        if self.table.model.number_of(self._came_from) >= 0:
            self.table.go_to(self._came_from)
        self._settled(self.table.current())

    def _make_linked(self, name: str, target: type[Record], typed: str) -> None:
        """A link wants a new record: it is made in a dialog, and the link points at it."""
        from ui.forms.new_record_dialog import NewRecordDialog

        dialog = NewRecordDialog(target, typed, self.session, self)
        if dialog.exec():
            self.panel.form.put({name: dialog.key})
        self.panel.form.focus(name)

    # What a page may say otherwise

    def condition(self) -> object:
        """Which records are listed: the operator's own, as far as they stand in working lists."""
        own, listed = mine(self.session, self.record_type), self.record_type.listed()
        return own if listed is None else own & listed

    def start(self) -> Record:
        """A new record, not yet saved."""
        return saving.start(self.record_type, self.session.by, self.session.project)

    def save(self, record: Any, by: str) -> object:
        """Save one record."""
        return saving.save(record, by)

    def summary(self, record: Any) -> Summary:
        """What is said above the record: what it is called, and its number to dial."""
        number = getattr(record, "phone", None)
        return Summary(record.caption(), facts=[] if number is None else [facts.phone(number)])

    def tick(self) -> None:
        """A minute has gone by: their clock shows another time, and a reminder may be due."""
        super().tick()
        if self.panel.isVisible() and self.panel.record is not None:
            self.panel.tell()

    # Moving

    def leave(self) -> bool:
        """Whether the record may be left: what was typed is settled, in an open cell as well.

        A new record into which nobody has typed vanishes.
        """
        if not (super().leave() and self.panel.leave()):
            return False
        if self.panel.record is not None and self.panel.record.is_new:
            self._forget_new()
        return True

    def panels(self) -> Sequence[RecordPanel]:
        """The record, where something may be typed that is not saved yet."""
        return [self.panel]

    def open(self, key: object) -> None:
        """Show this record; none for an empty list."""
        self.panel.show_record(self.found(self.record_type, key))

    def _chosen(self, key: object) -> None:
        held = self.panel.record
        if held is not None and held.key == key:
            return
        if self.panel.leave():
            self.open(key)
        else:
            come_back(self.table, held.key)

    def _settled(self, key: object) -> None:
        held = self.panel.record
        if self._stays(held):
            if self.panel.following.is_over and held is not None and held.key != key:
                self.table.go_nowhere()
            return
        if key is None and self.table.model.rowCount():
            self.table.go_to_row(0)
        elif held is None or held.key != key:
            self.open(key)

    def _stays(self, held: Record | None) -> bool:
        """Whether the record stays open wherever the list has come to stand."""
        return self.panel.is_edited or self.panel.following.is_over or (held is not None and held.is_new)


class RecordPage(ListAndRecord):
    """A whole page over a screen: list, views, filter, record, stepper, removal; more where the screen says more."""

    view_bar: ViewBar
    shows: Sequence[tuple[str, str]] = ()
    """the parts of the list that can be shown: a word and what it is called; all of it unless the page says more"""
    _guest: object = None  # a record of another operator that somebody came to: it stays open, in no list

    def __init__(self, screen: Screen, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(whole(screen), session, parent, keeps_place=True)
        assert self.panel.strip is not None  # noqa: S101  it has a summary
        self.steps = steps = Steps(self.table, self.panel.strip)
        self.panel.strip.buttons.addWidget(steps)  # at the far right
        self.panel.turned.connect(lambda: steps.stand_beside(self.panel.record))
        self.add_create()
        offer_cell(self.table, session, self.save, self.leave)
        offer_changes(self.table, session)
        self.table.within = lambda: project_name(session)
        self.view_bar = ViewBar(self.table, session, self.table, self.shows)
        self.table.add_bar(self.view_bar)
        self._remove_one = self.panel.commands.take_over("remove", self.remove_marked)
        self.table.grid.removed.connect(lambda: self.panel.commands.run("remove"))
        self.panel.asked_back.connect(partial(self.take_up, self.panel))
        session.operator_changed.connect(lambda: self.panel.show_record(None))

    def show_in_list(self, record: Any) -> None:
        """Make the list the one in which this record stands; there is but one, unless the page has several."""

    def remove_marked(self) -> None:
        """Remove, or Del: the record that is open, or all that are marked; undo brings them back (F-68)."""
        if not self.table.grid.several:
            self._remove_one(self.panel)
            return
        if not self.leave() or not previewed(
            self.table,
            "remove_marked",
            _("Remove"),
            _("Remove {records}"),
            _("{records} are deleted. Undo brings them back."),
        ):
            return
        held = [record for key in self.table.marked() if (record := self.found(self.record_type, key)) is not None]
        if held and (what := self.session.attempt(lambda: saving.delete_all(held, self.session.by))):
            self.session.say_done(_("Deleted {records}.").format(records=what))

    def _saved(self, key: object) -> None:
        if not self.panel.is_left:
            self.show_in_list(self.panel.record)  # a new one is not among the removed ones
        super()._saved(key)

    def open(self, key: object) -> None:
        """Show this record; none for an empty list."""
        self._guest = None
        super().open(key)

    def come_to(self, key: object) -> None:
        """Open this record, whether it is in the list or not; the list stays where it is."""
        self.open(key)
        self._guest = key

    def _stays(self, held: Record | None) -> bool:
        return super()._stays(held) or (held is not None and held.key == self._guest)

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page, to one record, also to one that is not in the list."""
        if not self.panel.leave():
            return
        if what == f"new_{self.record_type.about.target}":
            self.panel.new()
            return
        record = self.session.attempt(lambda: self._still_there(key))
        if record is None:
            return
        self.show_in_list(record)
        self.open(key)
        own = self.condition() & (work.key_field(self.record_type) == key)
        self._guest = None if reading.exists(self.record_type, own, self.session.by) else key
        self.table.refresh()
        self.table.go_to(key)

    def _still_there(self, key: object) -> Record:
        record = reading.find(self.record_type, key, self.session.by)
        if record is None:
            raise Mistake(
                _("{record} {number} is not there any more.").format(record=self.record_type.singular, number=key)
            )
        return record

    def take_up(self, panel: RecordPanel, key: object, values: dict[str, object]) -> None:
        """Go on with what was typed before, in the very record."""
        if key is None:
            panel.take_up(None, values)
            return
        self.show_target("", key)
        if panel.record is not None and panel.record.key == key:
            panel.session.drafts.take(panel.prefix)
            panel.form.put(values)
