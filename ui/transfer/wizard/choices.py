"""Step 3: what only people can know: how days are written, what happens to who is there already, whose they become."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.text.vocabulary import FULL_NAME
from channergy_crm.transfer.importing import mapping
from channergy_crm.transfer.importing.links import links_of
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look.wording import operator_choices
from ui.transfer.wizard.fields import label_of
from ui.transfer.wizard.setup import Rows, Setup
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.transfer.importing.plan import Plan

ORDERS = {"DMY": "day, month, year (31/12/2026)", "MDY": "month, day, year (12/31/2026)",
          "YMD": "year, month, day (26/12/31)"}  # fmt: skip
SIGNS = {"none": "as it looks: {example} is a group of thousands", ".": "a point: 1,234.5", ",": "a comma: 1.234,5"}
ON_MATCH = {"skip": "Stays as it is", "update": "Is updated with what the file says",
            "create": "Is not looked for: every row becomes a new record"}  # fmt: skip
MISSING = {"report": "Is told as a problem", "create": "Is created", "skip": "Is left out: the field stays empty"}
USUAL = "usual"


class ChoicesStep(QWidget):
    """Only what this file leaves open is asked."""

    title, verb = "Choices", "Check"
    says = "Answer what the file cannot tell. Nothing is written yet: the next step only tries it out."
    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._rows = Rows()
        self._dates = self._drop_down("dates", "Days are written", ORDERS)
        self._sign = self._drop_down("decimals", "The decimal sign is", SIGNS)
        self._on_match = self._drop_down("on_match", "One that is there already", ON_MATCH)
        self._match_by = self._drop_down("match_by", "It is known again by", {})
        self._missing = self._drop_down("missing_links", "Named, but not there", MISSING)
        self._owner = self._drop_down("owner", "New records belong to", {})
        self._said = named(Remark("", self), "import.about_choices", "What the choices mean")
        self._build_remember()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._rows)
        column.addWidget(self._said)
        column.addStretch(1)
        self._connect()

    def _drop_down(self, word: str, label: str, choices: dict[str, str]) -> ChoiceEditor:
        editor = named(ChoiceEditor(list(choices.items()), self, allow_empty=False), f"import.{word}", label)
        return self._rows.add(label, editor)

    def _build_remember(self) -> None:
        self._remember = named(FlagEditor("as the preset", self), "import.remember", "Remember all of this")
        self._name = named(LineEditor(self, max_length=80), "import.preset_name", "Name of the preset")
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._remember)
        row.addWidget(self._name, 1)
        self._rows.add("Remember all of this", line)

    def _connect(self) -> None:
        self._say("order", self._dates)
        self._say("on_match", self._on_match)
        self._say("missing_links", self._missing)
        self._say("sign", self._sign, lambda value: "" if value == "none" else value)
        self._say("match_by", self._match_by, lambda value: () if value == USUAL else tuple(value.split("+")))
        self._owner.changed.connect(self._owner_chosen)
        self._remember.changed.connect(self._remember_said)
        self._name.textChanged.connect(lambda _: self._remember_said())

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
        fields = [(name, label_of(plan.record, name)) for name in dict.fromkeys(plan.columns.values())
                  if name not in mapping.JOINED and name != FULL_NAME]  # fmt: skip
        together = "+".join(plan.match_by)
        both = [(together, " and ".join(label_of(plan.record, name) for name in plan.match_by))]
        alone = [(name, f"{text} alone") for name, text in fields]
        self._match_by.set_choices([(USUAL, _usual(plan)), *alone, *(both if len(plan.match_by) > 1 else [])])
        self._match_by.set_value(together or USUAL)
        linked = links_of(plan.record).keys() & {*plan.columns.values(), *plan.defaults}
        self._missing.set_value(plan.missing_links)
        self._rows.show_row(self._missing, bool(linked), f"{_linked(plan, linked)} that is missing")
        self._owner.set_choices(operator_choices(setup.by))
        self._owner.set_value(plan.defaults.get("owner", setup.by))
        own = "owner" in plan.columns.values()
        label = "Without an owner they go to" if own else f"New {plan.record.plural.lower()} belong to"
        self._rows.show_row(self._owner, "owner" in plan.record.kinds(), label)
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
        where = ", ".join(f"“{plan.title(place)}” (such as {text})" for place, text in days.items())
        self._rows.show_row(self._dates, bool(days), f"In {where} days are written")
        self._dates.set_value(plan.order)
        self._rows.show_row(self._sign, bool(figures), f"In {', '.join(figures)} the decimal sign is")
        signs = {**SIGNS, "none": SIGNS["none"].format(example=", ".join(figures))}
        self._sign.set_choices(list(signs.items()))
        self._sign.set_value(plan.sign or "none")

    def why_not(self) -> str:
        """Days that read both ways must be decided, and a preset needs its name."""
        if self._setup is None:
            return "Choose a file first."
        if any(not each.numeric for each in self._setup.asked.values()) and not self._setup.ready.order:
            return "Say how the days are written: nothing in the file decides whether 03/04 is in March or in April."
        if self._remember.value() and not self._name.value():
            return "A preset needs a name; uncheck it when nothing is to be remembered."
        return self._name.text_problem() or ""

    def first(self) -> QWidget:
        """The first question."""
        asked = (self._dates, self._sign, self._on_match)
        return next(editor for editor in asked if not editor.isHidden())

    def _tell(self) -> None:
        reason = self.why_not()
        about = {
            "skip": "Importing the same file again changes nothing.",
            "update": "Empty cells never wipe out what is there.",
            "create": "Every row becomes a new record, also those that are there already.",
        }
        self._said.say(reason or about[self._on_match.value()], "overdue" if reason else "muted")
        self.changed.emit()


def _usual(plan: Plan) -> str:
    """How records of this type are told to be the same."""
    about, kinds = plan.record.about, plan.record.kinds()
    return about.usually or ", ".join(kinds[name].label for name in about.known_by if name in kinds)


def _linked(plan: Plan, names: set[str]) -> str:
    called = sorted({links_of(plan.record)[name].rel_model.singular for name in names})
    return " or ".join([*called[:1], *(name.lower() for name in called[1:])]) or "A record"
