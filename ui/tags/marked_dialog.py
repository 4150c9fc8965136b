"""*Tags…* for marked rows: a tag is put on all of them or taken off, one step, with progress and Cancel (BX-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.language import _, counted
from channergy_crm.records.tags import COLOURS, GREY
from channergy_crm.services import tags
from channergy_crm.text.folding import fold
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.session.beside import Told
from ui.tags.opening import filter_for
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Dialog, Plain, Remark, offer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.services.bulk_changes import Changed
    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress
    from ui.session.session import Session


def colour_editor(parent: QWidget) -> ChoiceEditor:
    """The eight colours."""
    return ChoiceEditor([(name, _(said)) for name, said in COLOURS.items()], parent, allow_empty=False)


class MarkedDialog(Dialog):
    """The name of a tag, new or known; what it will do is said first. A new one gets a colour and may be one's own."""

    def __init__(self, record: type[Record], keys: Sequence[int], session: Session, parent: QWidget) -> None:
        self._what = counted(record, len(keys))
        title = _("Tags of {records}").format(records=self._what)
        super().__init__("tags_of_marked", title, parent, session.station, size=(480, 260))
        self._known = {fold(str(tag.name)): tag for tag in session.attempt(lambda: tags.every(session.by)) or ()}
        on_all = session.attempt(lambda: tags.on_all(record, keys, session.by)) or set()
        self._worn = sorted(str(tag.name) for tag in self._known.values() if tag.number in on_all)
        self.takes_off = False
        self._editor = self.named(SuggestEditor([str(t.name) for t in self._known.values()], self), "name", _("Tag"))
        self._colour = self.named(colour_editor(self), "colour", _("Colour"))
        self._colour.set_value(GREY)
        self._mine = self.named(CheckBox(_("Only for me"), self), "mine", _("Only for me"))
        self._said = self.named(Remark("", self), "said", _("What it will do"))
        self._lay_out()
        self._put = self.button("put_on", _("Put on"))
        self._take = self.button("take_off", _("Take off"))
        box = self.finish_with(self._put, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        box.addButton(self._take, box.ButtonRole.ActionRole)
        self._take.setAutoDefault(False)
        self._take.clicked.connect(self._take_off)
        self._editor.changed.connect(self._tell)
        self._tell()
        self._editor.setFocus()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, (label, widget) in enumerate(((_("Tag"), self._editor), (_("Colour"), self._colour))):
            grid.addWidget(Plain(label, self), place, 0)
            grid.addWidget(widget, place, 1)
        grid.addWidget(self._mine, 2, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._said)
        self.body.addStretch(1)

    def name(self) -> str:
        """The tag."""
        return self._editor.value()

    def colour(self) -> str:
        """What a new one wears."""
        return str(self._colour.value() or GREY)

    def shared(self) -> bool:
        """Whether a new one is the office's."""
        return not self._mine.isChecked()

    def _take_off(self) -> None:
        self.takes_off = True
        self.accept()

    def _tell(self) -> None:
        name = self.name()
        known = self._known.get(fold(name))
        if not name:
            worn = _("All of them wear: {tags}.").format(tags=", ".join(self._worn)) if self._worn else ""
            said = " ".join([_("Choose a tag, or type the name of a new one."), worn]).strip()
        elif known is not None:
            said = _("{records} wear “{tag}”, or no longer; the filter {filter} finds what wears it.").format(
                records=self._what, tag=known.name, filter=filter_for(str(known.name))
            )
            self._colour.set_value(known.colour)
        else:
            said = _("{records} wear “{tag}”. This tag is made.").format(records=self._what, tag=name)
        self._said.say(said)
        for widget in (self._colour, self._mine):
            widget.setEnabled(bool(name) and known is None)
        offer(self._put, "" if name else _("Choose a tag first."))
        offer(self._take, "" if known is not None else _("Choose a tag first."))


def ask_tags(record: type[Record], keys: Sequence[int], session: Session, parent: QWidget) -> None:
    """Ask for a tag, and put it on these records or take it off."""
    dialog = MarkedDialog(record, keys, session, parent)
    if not dialog.exec():
        return
    name, colour, shared, by = dialog.name(), dialog.colour(), dialog.shared(), session.by
    if dialog.takes_off:
        said = _("Tag “{tag}” taken off {records}.")
        work: Callable[[Progress], Changed] = lambda tell: tags.take_off(record, keys, name, by, tell)  # noqa: E731
    else:
        said = _("Tag “{tag}” put on {records}.")
        work = lambda tell: tags.put_on(record, keys, name, by, tell, colour=colour, shared=shared)  # noqa: E731
    session.work(
        lambda progress: work(progress.step), label=_("Changing {count:,} records").format(count=len(keys)),
        told=lambda done: Told(said.format(tag=name, records=counted(record, done.records)), done.unit or None),
        cancelled=_("Stopped; nothing was changed."),
    )  # fmt: skip
