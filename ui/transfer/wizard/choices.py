"""Step 3: what only people can know: how days are written, what happens to who is there already, whose they become."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, all_of, any_of, many, one
from channergy_crm.transfer.importing import mapping
from channergy_crm.transfer.importing.links import links_of
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look.wording import owner_choices
from ui.transfer.wizard.fields import label_of
from ui.transfer.wizard.setup import Rows, Setup
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.transfer.importing.plan import Plan

ORDERS = {
    "DMY": N_("day, month, year (31/12/2026)"),
    "MDY": N_("month, day, year (12/31/2026)"),
    "YMD": N_("year, month, day (26/12/31)"),
}
SIGNS = {
    "none": N_("none: {example} is a whole number"),
    ".": N_("a point: 1,234.5"),
    ",": N_("a comma: 1.234,5"),
}
ON_MATCH = {
    "skip": N_("Leave it as it is"),
    "update": N_("Update it with what the file says"),
    "create": N_("Add it once more: every row becomes a new record"),
}
MISSING = {
    "report": N_("Show the row as a problem"),
    "create": N_("Create it"),
    "skip": N_("Leave the field empty"),
}
ABOUT = {
    "skip": N_("Importing the same file again changes nothing."),
    "update": N_("An empty cell never deletes what is there."),
    "create": N_("Every row becomes a new record, also where there is one already."),
}
USUAL = "usual"


class ChoicesStep(QWidget):
    """Only what this file leaves open is asked."""

    title, verb = N_("Choices"), N_("Check")
    says = N_("Answer what the file cannot tell. Nothing is imported yet; the next step only checks it.")
    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._rows = Rows()
        self._dates = self._drop_down("dates", _("Dates are written"), ORDERS)
        self._sign = self._drop_down("decimals", _("The decimal sign is"), SIGNS)
        self._on_match = self._drop_down("on_match", _("When a record is there already"), ON_MATCH)
        self._match_by = self._drop_down("match_by", _("It is recognized by"), {})
        self._missing = self._drop_down("missing_links", _("When something is not found"), MISSING)
        self._owner = self._drop_down("owner", _("New records belong to"), {})
        self._said = named(Remark("", self), "import.about_choices", _("What the choices mean"))
        self._build_remember()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._rows)
        column.addWidget(self._said)
        column.addStretch(1)
        self._connect()

    def _drop_down(self, word: str, label: str, choices: dict[str, str]) -> ChoiceEditor:
        shown = [(value, _(text)) for value, text in choices.items()]
        editor = named(ChoiceEditor(shown, self, allow_empty=False), f"import.{word}", label)
        return self._rows.add(label, editor)

    def _build_remember(self) -> None:
        self._remember = named(FlagEditor(_("as the preset"), self), "import.remember", _("Keep these answers"))
        self._name = named(LineEditor(self, max_length=80), "import.preset_name", _("Name of the preset"))
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._remember)
        row.addWidget(self._name, 1)
        self._rows.add(_("Keep these answers"), line)

    def _connect(self) -> None:
        self._say("order", self._dates)
        self._say("on_match", self._on_match)
        self._say("missing_links", self._missing)
        self._say("sign", self._sign, lambda value: "" if value == "none" else value)
        self._say("match_by", self._match_by, lambda value: () if value == USUAL else tuple(value.split("+")))
        self._owner.changed.connect(self._owner_chosen)
        self._remember.changed.connect(self._remember_said)
        self._name.textChanged.connect(lambda _text: self._remember_said())

    def _say(self, name: str, editor: ChoiceEditor, read: Callable[[Any], Any] = lambda value: value) -> None:
        def said() -> None:
            if self._setup is not None:
                self._setup.plan = replace(self._setup.ready, **{name: read(editor.value())})
                self._tell()

        editor.changed.connect(said)

    def _owner_chosen(self) -> None:
        if self._setup is not None:
            self._setup.plan = self._setup.ready.filled({"owner": self._owner.value()})
            self._tell()

    def _remember_said(self) -> None:
        if self._setup is not None:
            self._setup.keep_as = self._name.value() if self._remember.value() else ""
            self._name.setEnabled(self._remember.value())
            self._tell()

    # ---------------------------------------------------------------- what every step has

    def show_setup(self, setup: Setup) -> None:
        """Ask what this file leaves open."""
        self._setup, plan = None, setup.ready
        self._ask_about_days(setup, plan)
        self._on_match.set_value(plan.on_match)
        self._rows.show_row(self._on_match, True, _("When a {record} is there already").format(record=one(plan.record)))
        fields = [(name, label_of(plan.record, name)) for name in dict.fromkeys(plan.columns.values())
                  if name not in mapping.JOINED and name in plan.record.kinds()]  # fmt: skip
        together = "+".join(plan.match_by)
        both = [(together, all_of(label_of(plan.record, name) for name in plan.match_by))]
        alone = [(name, _("{field} alone").format(field=text)) for name, text in fields]
        self._match_by.set_choices([(USUAL, _usual(plan)), *alone, *(both if len(plan.match_by) > 1 else [])])
        self._match_by.set_value(together or USUAL)
        linked = links_of(plan.record).keys() & {*plan.columns.values(), *plan.defaults}
        self._missing.set_value(plan.missing_links)
        self._rows.show_row(self._missing, bool(linked), _linked(plan, linked) if linked else "")
        self._owner.set_choices(owner_choices(setup.by))
        self._owner.set_value(plan.defaults.get("owner", setup.by))
        own = "owner" in plan.columns.values()
        label = _("Rows without an owner go to") if own else _("New {records} belong to")
        self._rows.show_row(self._owner, "owner" in plan.record.kinds(), label.format(records=many(plan.record)))
        if setup.keep_as is None:
            setup.keep_as = plan.preset or (setup.path.stem[:80].strip() if setup.path else "")
        self._remember.set_value(bool(setup.keep_as))
        self._name.set_value(setup.keep_as)
        self._name.setEnabled(bool(setup.keep_as))
        self._setup = setup
        self._tell()

    def _ask_about_days(self, setup: Setup, plan: Plan) -> None:
        days = {place: each.example for place, each in setup.asked.items() if not each.numeric}
        figures = [each.example for each in setup.asked.values() if each.numeric]
        each = _("“{column}” (such as {example})")
        where = ", ".join(each.format(column=plan.title(place), example=text) for place, text in days.items())
        self._rows.show_row(self._dates, bool(days), _("Dates in {columns} are written").format(columns=where))
        self._dates.set_value(plan.order)
        shown = ", ".join(figures)
        label = _("In {figures} the decimal sign is").format(figures=shown)
        self._rows.show_row(self._sign, bool(figures), label)
        self._sign.set_choices([(sign, _(text).format(example=shown)) for sign, text in SIGNS.items()])
        self._sign.set_value(plan.sign or "none")

    def why_not(self) -> str:
        """Days that read both ways must be decided, and a preset needs its name."""
        if self._setup is None:
            return _("Choose a file first.")
        if any(not each.numeric for each in self._setup.asked.values()) and not self._setup.ready.order:
            return _("Choose how dates are written: the file does not tell whether 03/04 is in March or in April.")
        if self._remember.value() and not self._name.value():
            return _("Give the preset a name, or uncheck it.")
        return self._name.text_problem() or ""

    def first(self) -> QWidget:
        """The first question."""
        asked = (self._dates, self._sign, self._on_match)
        return next(editor for editor in asked if not editor.isHidden())

    def _tell(self) -> None:
        reason = self.why_not()
        self._said.say(reason or _(ABOUT[self._on_match.value()]), "overdue" if reason else "muted")
        self.changed.emit()


def _usual(plan: Plan) -> str:
    """How records of this type are told to be the same."""
    about, kinds = plan.record.about, plan.record.kinds()
    return about.usually or ", ".join(kinds[name].label for name in about.known_by if name in kinds)


def _linked(plan: Plan, names: set[str]) -> str:
    """The question about records that rows name and nobody finds."""
    first, *others = sorted({links_of(plan.record)[name].rel_model for name in names}, key=lambda each: each.singular)
    if not others:
        return _("When the {record} of a row is not found").format(record=one(first))
    said = _("When the {record} or {others} of a row is not found")
    return said.format(record=one(first), others=any_of(map(one, others)))
