"""Who looks alike in a whole list: the groups with what speaks for it, merged or told apart one by one (C13)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from channergy_crm.language import _, closing, many, ngettext
from channergy_crm.services import global_search
from channergy_crm.services.duplicates import groups as duplicate_groups
from channergy_crm.services.duplicates import look_alikes
from channergy_crm.services.duplicates.proposal import MOST
from ui.lists.painted_grid import ROW_HEIGHT
from ui.look import theme
from ui.look.plain import as_tip
from ui.widgets.dialog import Dialog, Remark, offer
from ui.widgets.fields import ComboBox
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.duplicates.groups import Group
    from channergy_crm.services.duplicates.merging import Merged
    from channergy_crm.work.record import Record
    from ui.session.background import Job, Progress
    from ui.session.session import Session

SHOWN = 500  # groups at once; when they are done, the next come
COLUMNS = ("company", "phone", "email", "owner")
KEY = Qt.ItemDataRole.UserRole


class DuplicatesDialog(Dialog):
    """Looks through all records of one type, beside the window, and shows those that look alike."""

    def __init__(self, record: type[Record], session: Session, parent: QWidget | None = None) -> None:
        super().__init__("duplicates", _("Find duplicates"), parent, session.station, size=(1000, 680))
        self._session, self._record = session, record
        self._job: Job | None = None
        self._unit = 0
        self._box = self._record_box()
        self._said = Remark("", self)
        self._bar = self._progress_bar()
        self._tree = self._groups_tree()
        self._undo = self.button("undo", _("Undo"), _("Take back what was done last (Ctrl+Z)"))
        self._undo.clicked.connect(self._take_back)
        top = QHBoxLayout()
        top.addWidget(self._box)
        top.addWidget(self._said, 1)
        top.addWidget(self._bar)
        top.addWidget(self._undo)
        self.body.addLayout(top)
        self.body.addWidget(self._tree, 1)
        self._buttons = self._verbs()
        session.background.progressed.connect(self._progressed)
        self.look()

    def _record_box(self) -> QComboBox:
        box = self.named(ComboBox(self), "records", _("Which records"))
        for record in look_alikes.records():
            box.addItem(record.plural, record)
        box.setCurrentIndex(box.findData(self._record))
        box.currentIndexChanged.connect(self._other_records)
        return box

    def _progress_bar(self) -> QProgressBar:
        bar = self.named(QProgressBar(self), "progress", _("Progress"))
        bar.setFixedSize(160, 8)
        bar.setTextVisible(False)
        return bar

    def _groups_tree(self) -> QTreeWidget:
        tree = self.named(calm(QTreeWidget(self)), "groups", _("Groups of records that look alike"))
        tree.setHeaderLabels([_("Name"), _("Company"), _("Phone"), _("Email"), _("Assigned to")])
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setUniformRowHeights(True)
        tree.setIndentation(16)
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((280, 220, 140, 210)):
            header.resizeSection(column, width)
        tree.itemSelectionChanged.connect(self._offer)
        tree.itemDoubleClicked.connect(self._double_clicked)
        return tree

    def _verbs(self) -> list[QPushButton]:
        merge = self.button("merge", _("Merge…"), _("Show them side by side and make them one (Enter)"))
        apart = self.button("not_the_same", _("Not the same"), _("Do not ask about these again (Del)"))
        go = self.button("open", _("Open"), _("Go to this record and close this window"))
        apart.clicked.connect(self._tell_apart)
        go.clicked.connect(self._go)
        line = QHBoxLayout()
        line.addWidget(apart)
        line.addWidget(go)
        line.addStretch(1)
        self.body.addLayout(line)
        self.finish_with(merge, self.button("close", closing(), "Esc"))  # unsaid: a key
        for key, what in ((QKeySequence.StandardKey.Delete, self._tell_apart), ("Ctrl+Z", self._take_back)):
            QShortcut(QKeySequence(key), self).activated.connect(what)
        return [merge, apart, go]

    def accept(self) -> None:
        """Enter and the main button merge; the window stays."""
        self._merge()

    def done(self, result: int) -> None:
        """Closed: what still runs is stopped."""
        if self._job is not None:
            self._job.cancel()
        super().done(result)

    # Looking

    def look(self) -> None:
        """Look through the records anew."""
        record, office, by = self._record, self._session.office, self._session.by
        self._tree.clear()
        self._bar.show()
        self._said.say(_("Looking through the {records}…").format(records=many(record)))

        def beside(progress: Progress) -> tuple[list[Group], dict[int, Record]]:
            reader = office.reader()
            try:
                found = duplicate_groups.groups(reader, record, by, progress.step)
            finally:
                reader.close()
            return found, duplicate_groups.members(record, found[:SHOWN], by)

        if self._job is not None:
            self._job.cancel()
        self._job = self._session.work(
            beside, label=_("Looking for duplicates"), done=self._show, failed=self._failed, progress=False
        )
        self._offer()

    def _progressed(self, job: Job, done: int, total: int, text: str) -> None:
        if job is self._job:
            self._bar.setRange(0, 1000 if total else 0)
            self._bar.setValue(done * 1000 // total if total else 0)

    def _failed(self, error: Any) -> None:
        self._job = None
        self._bar.hide()
        self._said.say(error.message, "overdue")

    def _show(self, found: tuple[list[Group], dict[int, Record]]) -> None:
        self._job = None
        self._bar.hide()
        groups, records = found
        self._count = len(groups)
        items = [self._item(group, records) for group in groups[:SHOWN]]
        self._tree.addTopLevelItems(items)
        for item in items:
            item.setFirstColumnSpanned(True)
        self._tree.expandAll()
        if items:
            self._tree.setCurrentItem(items[0])
        self._tree.setFocus()
        self._tell()

    def _tell(self, done: str = "") -> None:
        shown, records, count = self._tree.topLevelItemCount(), many(self._record), self._count
        left = _("No {records} look alike.")
        if count > shown:
            left = _("{count:,} groups of {records} look alike, the first {shown:,} are shown.")
        elif count:
            left = ngettext("One group of {records} looks alike.", "{count:,} groups of {records} look alike.", count)
        self._said.say(f"{done} {left.format(records=records, count=count, shown=shown)}".strip())

    def _item(self, group: Group, records: dict[int, Record]) -> QTreeWidgetItem:
        members = [records[key] for key in group.keys if key in records]
        names = list(dict.fromkeys(member.caption() for member in members))
        head = QTreeWidgetItem([f"{' / '.join(names[:3])}   ({', '.join(group.reasons)})"])
        head.setFont(0, theme.strong(self.font()))
        head.setSizeHint(0, QSize(0, ROW_HEIGHT))
        for member in members:
            head.addChild(self._member(member))
        return head

    def _member(self, member: Record) -> QTreeWidgetItem:
        name = f"{member.caption()}  #{member.key}"
        row = QTreeWidgetItem([name, *(str(member.__data__.get(column) or "") for column in COLUMNS)])
        row.setData(0, KEY, member.key)
        row.setSizeHint(0, QSize(0, ROW_HEIGHT))
        for column in range(5):
            row.setToolTip(column, as_tip(row.text(column)))
        return row

    # What can be done

    def _chosen(self) -> tuple[QTreeWidgetItem | None, list[int]]:
        """The group somebody is in, and of its records those that are marked; all of them when fewer than two are."""
        item = self._tree.currentItem()
        head = item.parent() or item if item is not None else None
        if head is None:
            return None, []
        rows = [head.child(row) for row in range(head.childCount())]
        marked = [row for row in rows if row is not None and row.isSelected()]
        keys = [self._key(row) for row in (marked if len(marked) > 1 else rows)]
        return head, [key for key in keys if key is not None]

    def _key(self, row: QTreeWidgetItem | None) -> int | None:
        key: int | None = row.data(0, KEY) if row is not None else None
        return key

    def _offer(self) -> None:
        head, keys = self._chosen()
        merge, apart, go = self._buttons
        count = _("Mark two to {most} of them (Ctrl+click).").format(most=MOST)
        offer(merge, "" if 2 <= len(keys) <= MOST else count)
        offer(apart, "" if head is not None else _("Choose some that may be the same first."))
        item = self._tree.currentItem()
        there = item is not None and self._key(item) is not None
        offer(go, "" if there else _("Choose one record first."))
        self._undo.setVisible(bool(self._unit))

    def _merge(self) -> None:
        from ui.duplicates.merging import ask

        head, keys = self._chosen()
        if head is not None and 2 <= len(keys) <= MOST:
            ask(self._record, keys, self._session, self, partial(self._merged, head, keys))

    def _merged(self, head: QTreeWidgetItem, keys: Sequence[int], merged: Merged) -> None:
        self._unit = merged.unit
        self._without(head, [key for key in keys if key != merged.record.key])
        self._tell(_("Merged into {name}.").format(name=merged.record.caption()))

    def _tell_apart(self) -> None:
        head, keys = self._chosen()
        unit = self._session.attempt(lambda: duplicate_groups.not_the_same(self._record, keys, self._session.by))
        if head is not None and unit is not None:
            self._unit = unit.number
            self._without(head, keys)
            self._tell(_("Remembered that these are not the same."))

    def _without(self, head: QTreeWidgetItem, gone: Sequence[int]) -> None:
        """Take these out of their group; a group of one is none."""
        for row in reversed(range(head.childCount())):
            if self._key(head.child(row)) in gone:
                head.takeChild(row)
        if head.childCount() < 2:
            place = self._tree.indexOfTopLevelItem(head)
            self._tree.takeTopLevelItem(place)
            self._count -= 1
            following = self._tree.topLevelItem(min(place, self._tree.topLevelItemCount() - 1))
            if following is not None:
                self._tree.setCurrentItem(following)
        if self._count and not self._tree.topLevelItemCount():
            self.look()
        self._offer()

    def _take_back(self) -> None:
        if self._unit:
            self._session.undo_unit(self._unit)
            self._unit = 0
            self.look()

    def _double_clicked(self, item: QTreeWidgetItem) -> None:
        if self._key(item) is not None:
            self._go()

    def _go(self) -> None:
        item = self._tree.currentItem()
        if item is None:
            return
        place = global_search.Place(self._record)
        hit = global_search.Hit(place, item.data(0, KEY), item.text(0), "", "", "")
        target = self._session.attempt(lambda: global_search.destination(hit, self._session.by))
        if target is not None:
            self.reject()
            self._session.go_to(*target)

    def _other_records(self) -> None:
        self._record, self._unit = self._box.currentData(), 0
        self.look()
