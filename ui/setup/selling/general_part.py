"""Settings > CRM > General: all processes with their stages, and the fields lists are searched by (SI-32…SI-35)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import processes, projects
from ui.look.plain import ask_until_it_is_right
from ui.setup.rights.part import Column
from ui.setup.rights.two_lines import TwoLineList
from ui.setup.selling.part import CrmPart
from ui.setup.selling.searching import Searching
from ui.setup.selling.stages import Stages
from ui.widgets.dialog import Remark, offer, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.records import Process
    from ui.session.chosen import Chosen

NAMES = 220
ABOUT = N_(
    "Deals go through these stages, each a column of the sales board. What a stage means decides: open, won or lost. "
    "Probability % of a deal follows its stage. A deal that stays longer than the days said counts as rotten."
)


class GeneralPart(CrmPart):
    """The processes at the left, the stages of the chosen one at the right."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__("general", chosen.session, parent)
        self._every: list[Process] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = Column(NAMES, self, "side", "right")
        left.lines.setContentsMargins(0, 10, 1, 0)
        self._create = self.verb("processes.create", _("New process"), _("With the stages of the standard one"),
                                 self._new)  # fmt: skip
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(self._create)
        line.addStretch(1)
        left.lines.addLayout(line)
        self.names = TwoLineList("processes.names", _("Processes"), left)
        left.lines.addWidget(self.names, 1)
        right = Column(0, self)
        right.lines.setContentsMargins(20, 14, 20, 14)
        self._fill(right, chosen)
        row.addWidget(left)
        row.addWidget(scrolling(right), 1)
        self.names.currentItemChanged.connect(lambda *_now: self._show())

    def _fill(self, right: Column, chosen: Chosen) -> None:
        lines, head = right.lines, QHBoxLayout()
        lines.addLayout(head)
        head.setSpacing(8)
        self._title = self.heading("", right)
        head.addWidget(self._title, 1)
        self._rename = self.verb("processes.rename", _("Rename…"), _("Call this process otherwise"), self._call)
        self._standard = self.verb(
            "processes.standard", _("Make it the standard"), _("For deals of no project, and of those that name none"),
            self._make_standard,
        )  # fmt: skip
        self._delete = self.verb("processes.remove", _("Remove"), _("One that no project follows"), self._remove)
        for button in (self._rename, self._standard, self._delete):
            button.quiet()
            head.addWidget(button)
        lines.addWidget(self.refused)
        lines.addWidget(self.said)
        lines.addWidget(Remark(_(ABOUT), right))
        self.stages = Stages(self.session, right)
        lines.addWidget(self.stages)
        lines.addSpacing(16)
        lines.addWidget(self.heading(_("Searching by a field"), right))
        self.searching = Searching(chosen, right)
        lines.addWidget(self.searching)
        lines.addStretch(1)

    # ---------------------------------------------------------------- what is shown

    def show_all(self) -> None:
        """The processes as the office has them; the one looked at stays."""
        by = self.session.by
        self._every = self.attempt(lambda: processes.every(by)) or []
        theirs = self.attempt(lambda: projects.every(by)) or []
        following = [each.__data__.get("process") for each in theirs if each.uses_crm]
        self.names.fill(
            [(each.number, each.name, self._under(each, following.count(each.number))) for each in self._every]
        )
        self._show()
        self.searching.show_all()

    def _under(self, process: Process, following: int) -> str:
        count = len(processes.stages(process.number, self.session.by))
        said = [
            _("standard") if process.standard else "",
            ngettext("{count} stage", "{count} stages", count).format(count=count),
            ngettext("{count} project", "{count} projects", following).format(count=following) if following else "",
        ]
        return " · ".join(filter(None, said))

    def _process(self) -> Process | None:
        key = self.names.key()
        return next((each for each in self._every if each.number == key), None)

    def _show(self) -> None:
        refused, process = self.why_not(), self._process()
        missing = "" if process is not None else _("There is no process yet; make one.")
        self._title.setText(process.name if process is not None else missing)
        offer(self._create, refused)
        offer(self._rename, refused or missing)
        standard = process is not None and process.standard
        offer(self._standard, refused or missing or (_("It is the standard already.") if standard else ""))
        kept = _("The standard process stays; make another one the standard first.") if standard else ""
        offer(self._delete, refused or missing or kept)
        self.stages.setVisible(process is not None)
        self.stages.open(process.number if process is not None else 0, refused)
        self.searching.lock(refused)

    # ---------------------------------------------------------------- what is done

    def _new(self) -> None:
        made = self._ask(_("New process"), lambda name: processes.add(name, self.session.by))
        if made is not None:
            self.session.say_done(_("Process {name} is made.").format(name=made.caption()))
            self.show_all()
            self.names.choose(made.number)
            self.names.setFocus()

    def _ask(self, title: str, deed: Callable[[str], Process], begun: str = "") -> Process | None:
        """Ask for a name until it can be kept, or nobody wants to any more."""
        return self.attempt(lambda: ask_until_it_is_right(self, title, _("What is it called?"), deed, begun))

    def _call(self) -> None:
        process = self._process()
        if process is None:
            return
        before = process.name

        def call(name: str) -> Process:
            process.name = name.strip()
            return processes.save(process, self.session.by)

        saved = self._ask(_("Rename process"), call, before)
        if saved is None:
            process.name = before
            return
        self.session.say_done(_("Process {name} is saved.").format(name=process.caption()))
        self.show_all()

    def _make_standard(self) -> None:
        process = self._process()
        if process is None:
            return
        process.standard = True
        if self.attempt(lambda: processes.save(process, self.session.by)) is not None:
            self.session.say_done(_("{name} is the standard process now.").format(name=process.caption()))
            self.show_all()

    def _remove(self) -> None:
        process = self._process()
        if process is None:
            return
        number = process.number

        def remove() -> bool:
            processes.remove(number, self.session.by)
            return True

        if self.attempt(remove):
            self.session.say_done(_("Process {name} is removed.").format(name=process.caption()))
            self.show_all()
            self.names.setFocus()
