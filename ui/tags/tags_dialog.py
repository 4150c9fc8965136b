"""The tags of the office and the own ones: how often each is worn; renamed, coloured, shared, merged (BX-40)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from channergy_crm.language import _, closing, figures
from channergy_crm.records import Tag, Tagging
from channergy_crm.services import tags
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look import tag_colours, theme
from ui.session.beside import Told
from ui.tags.marked_dialog import colour_editor
from ui.tags.opening import open_weighed
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Dialog, Plain, Remark, named, offer
from ui.widgets.tag_cloud import TagCloud
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.tags import Weighed
    from channergy_crm.work import Done
    from ui.session.session import Session

TABLES = {record._meta.table_name for record in (Tag, Tagging)}


class TagsDialog(Dialog):
    """The cloud on top, the list below it, and what can be done with the one somebody stands on. Each change is one
    step; the window stays at work beside it.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__("tags", _("Tags"), window, session.station, size=(760, 620))
        self.setModal(False)
        self._session, self._window = session, window
        self._held: list[Weighed] = []
        self._kinds = tags.record_types()
        self.cloud = TagCloud(self)
        self.cloud.pressed.connect(self._open)
        self.list = self.named(calm(QTreeWidget(self)), "list", _("Tags"))
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([_("Tag"), _("Whose"), *(record.plural for record in self._kinds)])
        self._title = self.named(LineEditor(self), "name", _("Name"))
        self._colour = self.named(colour_editor(self), "colour", _("Colour"))
        self._shared = self.named(CheckBox(_("Shared with the office"), self), "shared", _("Shared with the office"))
        self._into = self.named(ChoiceEditor([], self), "into", _("Merge into"))
        self._said = self.named(Remark("", self), "said", _("Why not"))
        self._verbs = {
            "rename": self.button("rename", _("Rename")), "merge": self.button("merge", _("Merge")),
            "open": self.button("open", _("Show what wears it")), "remove": self.button("remove", _("Remove")),
        }  # fmt: skip
        self._lay_out()
        self._connect()
        self.cloud.hide()
        self.read()

    def _lay_out(self) -> None:
        self.body.addWidget(self.cloud)
        self.body.addWidget(self.list, 1)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        rows = (
            (_("Name"), self._title, "rename"),
            (_("Colour"), self._colour, ""),
            (_("Merge into"), self._into, "merge"),
        )
        for place, (label, widget, verb) in enumerate(rows):
            grid.addWidget(Plain(label, self), place, 0)
            grid.addWidget(widget, place, 1)
            if verb:
                grid.addWidget(self._verbs[verb], place, 2)
        grid.addWidget(self._shared, 3, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._said)
        line = QHBoxLayout()
        line.addWidget(self._verbs["open"])
        line.addWidget(self._verbs["remove"])
        line.addStretch(1)
        self.body.addLayout(line)
        self.finish_with(None, self.button("close", closing(), _("Close (Esc)")))

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        self.list.itemActivated.connect(lambda *_: self._title.setFocus())
        self._verbs["rename"].clicked.connect(self._rename)
        self._title.returnPressed.connect(self._rename)
        self._colour.changed.connect(self._recolour)
        self._shared.clicked.connect(self._share)
        self._verbs["merge"].clicked.connect(self._merge)
        self._verbs["remove"].clicked.connect(self._remove)
        self._verbs["open"].clicked.connect(lambda: self._open(self.current()))
        self._session.done.connect(self._heard)
        self._session.operator_changed.connect(self.read)

    def _heard(self, done: Done) -> None:
        if TABLES & done.tables:
            self.read()

    def read(self) -> None:
        """Count anew, beside the window."""
        by = self._session.by
        self._session.work(
            lambda _progress: (tags.weighed(by), tags.cloud(by)), label=_("Counting"), done=self._show, progress=False,
        )  # fmt: skip

    def _show(self, both: tuple[list[Weighed], list[Weighed]]) -> None:
        held = self.current()
        self._held = both[0]
        self.cloud.show_tags(both[1])
        self.cloud.show()
        self.list.clear()
        for each in self._held:
            tag = each.tag
            whose = _("Office") if tag.shared else _("Mine")
            counted = [figures(each.counts[kind]) if kind in each.counts else "–" for kind in self._kinds]
            item = QTreeWidgetItem([str(tag.name), whose, *counted])
            item.setIcon(0, tag_colours.sample(self, str(tag.colour)))
            for column in range(2, 2 + len(self._kinds)):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, Qt.ItemDataRole.UserRole, tag.number)
            self.list.addTopLevelItem(item)
            if held is not None and tag.number == held.tag.number:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
        self._chosen()

    def current(self) -> Weighed | None:
        """The tag somebody stands on."""
        item = self.list.currentItem()
        number = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return next((each for each in self._held if each.tag.number == number), None)

    def _chosen(self) -> None:
        held = self.current()
        others = [(each.tag.number, str(each.tag.name)) for each in self._held if held and each.tag is not held.tag]
        self._into.set_choices(others)
        self._into.set_value(None)
        by = self._session.by
        refused = (
            _("There are no tags yet: type one at a record.") if held is None
            else self._session.attempt(lambda: tags.why_not_mine(held.tag, by) or "") or ""
        )  # fmt: skip
        if held is not None:
            self._title.set_value(str(held.tag.name))
            self._colour.set_value(held.tag.colour)
            self._shared.setChecked(bool(held.tag.shared))
        editors: tuple[QWidget, ...] = (self._title, self._colour, self._shared, self._into)
        for widget in editors:
            widget.setEnabled(not refused)
        for verb, button in self._verbs.items():
            offer(button, refused if verb != "open" or held is None else "")
        self._said.say(refused)

    # What is done

    def _do(self, what: Callable[[int, str], Any], said: str, **words: object) -> None:
        held, by = self.current(), self._session.by
        if held is not None and self._session.attempt(lambda: what(int(held.tag.number), by)) is not None:
            self._session.say_done(said.format(tag=held.tag.name, **words))

    def _rename(self) -> None:
        name, held = self._title.value(), self.current()
        if held is not None and name != held.tag.name:
            self._do(lambda number, by: tags.rename(number, name, by), _("Tag “{tag}” is “{name}” now."), name=name)

    def _recolour(self) -> None:
        colour, held = self._colour.value(), self.current()
        if held is not None and colour and colour != held.tag.colour:
            self._do(lambda number, by: tags.recolour(number, colour, by), _("Tag “{tag}” has another colour."))

    def _share(self) -> None:
        shared = self._shared.isChecked()
        said = _("The office can use tag “{tag}” now.") if shared else _("Tag “{tag}” is yours alone now.")
        self._do(lambda number, by: tags.share(number, shared, by), said)
        if (held := self.current()) is not None:
            self._shared.setChecked(bool(held.tag.shared))

    def _merge(self) -> None:
        held, into, by = self.current(), self._into.value(), self._session.by
        if held is None or into is None:
            self._said.say(_("Choose the tag it is merged into."), "overdue")
            return
        tag, name = held.tag, self._into.currentText()
        said = _("Tag “{tag}” merged into “{name}”.").format(tag=tag.name, name=name)
        self._on_many(partial(tags.merge, int(tag.number), int(into), by), said, _("Merging tags"))

    def _remove(self) -> None:
        held, by = self.current(), self._session.by
        if held is not None:
            said = _("Tag “{tag}” removed.").format(tag=held.tag.name)
            self._on_many(partial(tags.remove, int(held.tag.number), by), said, _("Removing a tag"))

    def _on_many(self, what: Callable[[Any], Any], said: str, label: str) -> None:
        self._session.work(
            lambda progress: what(progress.step), label=label, told=lambda done: Told(said, done.unit),
            cancelled=_("Stopped; nothing was changed."),
        )  # fmt: skip

    def _open(self, each: Weighed | None) -> None:
        if each is None:
            return
        if not each.counts:
            self._said.say(_("Nothing wears “{tag}”.").format(tag=each.tag.name))
            return
        self.close()
        open_weighed(self._session, self._window, each)


def open_tags(session: Session, window: QWidget) -> TagsDialog:
    """Open it, or bring the one that is open to the front."""
    held = window.findChild(TagsDialog)
    dialog = held or named(TagsDialog(session, window), "tags.dialog", _("Tags"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setMinimumWidth(theme.px(560, dialog))
    dialog.show()
    dialog.activateWindow()
    return dialog
