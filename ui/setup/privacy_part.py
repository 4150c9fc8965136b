"""Data protection: which fields are personal, how long people are kept, how long won orders are (SI-36, SI-38, DP-1).

A part of its own that stands on any page: `PrivacyPart(session, parent)`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.records.privacy import LONGEST_KEPT, PersonalField, Retention
from channergy_crm.services import lookups, office, rights
from channergy_crm.services.privacy import personal, retention
from channergy_crm.settings import YEARS_HELD
from ui.editors.base import NumberEditor
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.plain import Label
from ui.look.wording import shown
from ui.widgets.controls import Button, CheckBox
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.session.session import Session

CHOICE, NUMBER, ACROSS, SOON_MS = 240, 110, 2, 600
MOST_YEARS = 99


class PrivacyPart(QWidget):
    """Chosen and saved at once, as everywhere in Settings; only administrators choose, others read."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        named(self, "settings.privacy", _("Data protection"))
        self._refused = rights.may(session.by, "administer")
        self._of = named(self._records(), "settings.privacy.fields_of", _("Records"))
        self._always = Remark("", self)
        self._fields, self._times = QWidget(self), QWidget(self)
        self._boxes: dict[str, CheckBox] = {}
        self._editors: dict[str, NumberEditor] = {}
        self._said: dict[str, Remark] = {}
        """what is wrong with the months of a status, beside them"""
        self._years = named(
            NumberEditor(self, minimum=0, maximum=MOST_YEARS), "settings.privacy.years_held", YEARS_HELD.label
        )
        self._years.setFixedWidth(theme.px(NUMBER, self))
        self._years_said = _wrong("settings.privacy.years_held", self)
        self._lay_out()
        self._of.changed.connect(self.look)
        self._years.setEnabled(self._refused is None)
        self._years.editingFinished.connect(self._hold)
        session.done.connect(self._heard)
        self.look()

    def _records(self) -> ChoiceEditor:
        kinds = [(kind._meta.table_name, kind.plural) for kind in personal.chosen_of()]
        editor = ChoiceEditor(kinds, self, allow_empty=False)
        editor.set_value(kinds[0][0])
        editor.setFixedWidth(theme.px(CHOICE, self))
        return editor

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        if self._refused:
            column.addWidget(Remark(self._refused, self, ink="overdue"))
        column.addWidget(Remark(_("When somebody is anonymised these fields are emptied, here and in the history. "
                                  "Nothing happens by itself."), self))  # fmt: skip
        column.addWidget(self._of)
        column.addWidget(self._always)
        column.addWidget(self._fields)
        column.addWidget(_head(_("How long they are kept"), self))
        column.addWidget(Remark(_("Months since one was last in touch. Who is older is proposed under “CRM and "
                                  "contacts”, never more; an empty field proposes nobody."), self))  # fmt: skip
        column.addWidget(self._times)
        column.addWidget(_head(_("Won orders"), self))
        row = QHBoxLayout()
        row.addWidget(_line(YEARS_HELD.label, self))
        row.addSpacing(16)
        row.addWidget(self._years)
        row.addWidget(self._years_said, 1)
        column.addLayout(row)
        column.addWidget(Remark(_("Whole years after the one they were won in: so long nobody of theirs can be "
                                  "anonymised. 0 holds nobody."), self))  # fmt: skip
        line = QHBoxLayout()
        line.setSpacing(8)
        ways = (("go", _("CRM and contacts…"), ("privacy",)),
                ("refusals", _("Who does not want to be reached…"), ("setting", "gate.number")))  # fmt: skip
        for word, text, place in ways:
            going = named(Button(text, self), f"settings.privacy.{word}", text)
            going.clicked.connect(lambda _on=False, place=place: self._session.go_to(*place))
            line.addWidget(going)
        line.addStretch(1)
        column.addLayout(line)

    # ---------------------------------------------------------------- what is chosen

    def record(self) -> type[Record]:
        """The record type whose fields are shown."""
        wanted = self._of.value()
        return next(kind for kind in personal.chosen_of() if kind._meta.table_name == wanted)

    def look(self) -> None:
        """Everything as it is now."""
        record, by = self.record(), self._session.by
        labels = ", ".join(record.kind(name).label for name in personal.always(record))
        self._always.say(_("Always: {fields}").format(fields=labels) if labels else "")
        choice = self._session.attempt(lambda: personal.choices(record, by)) or {}
        self._show_fields(record, choice)
        self._show_times(record)
        held = self._session.attempt(lambda: office.whole(YEARS_HELD, by))
        if held is not None and not self._years.hasFocus():
            self._years.set_value(held)

    def _show_fields(self, record: type[Record], choice: dict[str, bool]) -> None:
        if list(choice) != list(self._boxes) or self._fields.property("of") != record._meta.table_name:
            self._fields = _emptied(self._fields)
            self._fields.setProperty("of", record._meta.table_name)
            grid = QGridLayout(self._fields)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(4)
            grid.setHorizontalSpacing(24)
            self._boxes = {}
            for place, name in enumerate(choice):
                label = record.kind(name).label
                box = named(CheckBox(self._fields), f"settings.privacy.field.{name}", label)
                box.setText(label)
                box.setEnabled(self._refused is None)
                box.clicked.connect(lambda on, name=name: self._choose(record, name, on=on))
                grid.addWidget(box, place // ACROSS, place % ACROSS)
                self._boxes[name] = box
            grid.setColumnStretch(ACROSS, 1)
        for name, on in choice.items():
            self._boxes[name].setChecked(on)

    def _choose(self, record: type[Record], name: str, *, on: bool) -> None:
        if self._done(lambda: personal.choose(record, {name: on}, self._session.by)):
            self._tell(record.kind(name).label, _("Yes") if on else _("No"))
        self.look()

    def _done(self, deed: Callable[[], object]) -> bool:
        return bool(self._session.attempt(lambda: (deed(),)))

    def _tell(self, what: str, value: str) -> None:
        self._session.say_done(_("{setting}: {value}.").format(setting=what, value=value))

    def _show_times(self, record: type[Record]) -> None:
        by = self._session.by
        rules = self._session.attempt(lambda: retention.rules(by)) or []
        held = {rule.status: rule.months for rule in rules if rule.record is record}
        statuses = [*_statuses(record, by), *filter(None, held), ""] if record in retention.aged() else []
        wanted = list(dict.fromkeys(statuses))
        if wanted != list(self._editors) or self._times.property("of") != record._meta.table_name:
            self._build_times(record, wanted)
        for status, editor in self._editors.items():
            if not editor.hasFocus() and editor.value() != held.get(status):
                editor.set_value(held.get(status))

    def _build_times(self, record: type[Record], statuses: list[str]) -> None:
        self._times = _emptied(self._times)
        self._times.setProperty("of", record._meta.table_name)
        grid = QGridLayout(self._times)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(24)
        self._editors, self._said = {}, {}
        for place, status in enumerate(statuses):
            caption = _called(record, status) or (_("All others") if len(statuses) > 1 else record.plural)
            editor = named(NumberEditor(self._times, minimum=1, maximum=LONGEST_KEPT),
                           f"settings.privacy.months.{status or 'others'}",
                           _("{status}: months").format(status=caption))  # fmt: skip
            editor.setFixedWidth(theme.px(NUMBER, self))
            editor.setEnabled(self._refused is None)
            soon = later(editor, partial(self._keep, record, status), SOON_MS)
            editor.changed.connect(soon.start)
            grid.addWidget(_line(caption, self._times), place, 0)
            grid.addWidget(editor, place, 1)
            self._said[status] = _wrong(editor.objectName(), self._times)
            grid.addWidget(self._said[status], place, 2)
            self._editors[status] = editor
        if not statuses:
            grid.addWidget(Remark(_("They go with the lead, contact or account they belong to."), self._times), 0, 0)
        grid.setColumnStretch(2, 1)

    def _keep(self, record: type[Record], status: str) -> None:
        editor = self._editors.get(status)
        if editor is None or record is not self.record():
            return
        problem = editor.text_problem() or ""
        self._said[status].say(problem, "overdue")
        by, months = self._session.by, editor.value()
        rules = self._session.attempt(lambda: retention.rules(by)) or []
        held = {rule.status: rule.months for rule in rules if rule.record is record}
        if problem or months == held.get(status):
            return
        if self._done(lambda: retention.keep(record, status, months, by)):
            said = ngettext("{count} month", "{count} months", months or 0).format(count=months)
            self._tell(_called(record, status) or _("All others"), said if months else "–")

    def _hold(self) -> None:
        problem = self._years.text_problem() or ""
        self._years_said.say(problem, "overdue")
        by, years = self._session.by, self._years.value()
        held = self._session.attempt(lambda: office.whole(YEARS_HELD, by))
        if problem or held is None or years == held:
            return
        if years is None:
            self._years.set_value(held)
        elif self._done(lambda: office.choose(YEARS_HELD, years, by)):
            self._tell(YEARS_HELD.label, str(years))

    def _heard(self, done: Done) -> None:
        if done.tables & {PersonalField._meta.table_name, Retention._meta.table_name, "CRMSettings"}:
            self.look()


def _statuses(record: type[Record], by: str) -> list[str]:
    """The values the office's list has for how it stands with such a record."""
    name = retention.status_of(record)
    key = record.kind(name).list_key if name else None
    if key is None:
        return []
    return [choice.value for choice in lookups.offered(*key, by) if choice.value]


def _called(record: type[Record], status: str) -> str:
    """What people call a status: its word in the office's list."""
    name = retention.status_of(record)
    return shown(record.kind(name), status) if name and status else status


def _wrong(name: str, parent: QWidget) -> Remark:
    """Where it stands, beside its field, what is wrong with it."""
    said = named(Remark("", parent), f"{name}.said", _("What is wrong"))
    said.say("")
    return said


def _line(text: str, parent: QWidget) -> Plain:
    words = Plain(text, parent)
    words.setWordWrap(False)
    return words


def _head(text: str, parent: QWidget) -> Label:
    head = Label(text, parent)
    head.setFont(theme.section(parent.font()))
    return head


def _emptied(room: QWidget) -> QWidget:
    """Another room in its place, with nothing in it."""
    fresh = QWidget(room.parentWidget())
    around = room.parentWidget()
    layout = around.layout() if around is not None else None
    if layout is not None:
        layout.replaceWidget(room, fresh)
    room.hide()
    room.deleteLater()
    fresh.show()
    return fresh
