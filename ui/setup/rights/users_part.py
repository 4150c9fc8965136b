"""The users of the office: who works here, and for the one chosen the roles, the groups, the password, being away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import passwords
from channergy_crm.language import _, ngettext
from channergy_crm.services import absences, groups, operators, rights, roles, security, signing_in
from ui.editors import receivers
from ui.look import theme
from ui.look.wording import day_in_words
from ui.setup.operators_dialog import Everybody
from ui.setup.rights.part import Column, Part
from ui.widgets.controls import Button, CheckBox
from ui.widgets.dialog import Plain, Remark, named, offer, scrolling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from channergy_crm.records.operators import Operator
    from ui.session.session import Session

BESIDE, LESS, NARROW = 320, 264, 940
"""pixels: what is said of one user, where there is less room, and a page with less room"""


class UsersPart(Part):
    """Everybody in a grid, Security above, the one chosen at the right."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("users", session, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = Column(0, self)
        left.lines.setContentsMargins(20, 12, 20, 16)
        left.lines.addWidget(self._security(left))
        left.lines.addWidget(self.said)
        self.everybody = Everybody(session.by, left)
        left.lines.addWidget(self.everybody, 1)
        self._beside = Column(BESIDE, self, "side", "left")
        self.card = UserCard(self, self._beside)
        self._beside.lines.setContentsMargins(1, 0, 0, 0)
        self._beside.lines.addWidget(scrolling(self.card))
        row.addWidget(left, 1)
        row.addWidget(self._beside)
        self.everybody.chosen.connect(self.card.show_one)

    def _security(self, parent: QWidget) -> QWidget:
        strip = QWidget(parent)
        line = QHBoxLayout(strip)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self._state = Remark("", strip, ink="text")
        self._switch = self.verb(f"{self._name}.security", _("Switch on…"), _("Ask everybody who they are"), self._turn)
        line.addWidget(self._state, 1)
        line.addWidget(self._switch)
        return strip

    def show_all(self) -> None:
        """Everybody, and how Security stands."""
        on = security.is_on()
        known = signing_in.with_password(self.session.by)
        without = [each for each in operators.everybody(self.session.by) if each.id not in known]
        said = _("Security is off: whoever sits down chooses in the header whose records are shown.")
        if on:
            said = _("Security is on: everybody signs in and does what the roles allow.")
        if on and without:
            more = ngettext("{count} user has no password yet and cannot sign in.",
                            "{count} users have no password yet and cannot sign in.", len(without))  # fmt: skip
            said = f"{said} {more.format(count=len(without))}"
        self._state.say(said, "soon" if on and without else "text")
        self._switch.setText(_("Switch off…") if on else _("Switch on…"))
        offer(self._switch, rights.may(self.session.by, "administer") or "")
        self.everybody.look()
        self.card.show_one(self.everybody.current())

    def _turn(self) -> None:
        from ui.setup.rights.security_dialog import SecurityDialog

        if SecurityDialog(self.session, self).exec():
            self.show_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = BESIDE if event.size().width() >= theme.px(NARROW, self) else LESS
        self._beside.setFixedWidth(theme.px(wide, self))


class UserCard(QWidget):
    """What is said of one user; a tick is stored as it is set."""

    def __init__(self, part: UsersPart, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "side")
        self._part, self._by = part, part.session.by
        self._who: Operator | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(16, 14, 16, 14)
        self._lines.setSpacing(6)
        self._title = Plain("", self, bold=True)
        self._lines.addWidget(self._title)
        self._state = Remark("", self)
        self._lines.addWidget(self._state)
        self._roles = self._ticks(_("Roles"), _("There is no role yet."))
        self._groups = self._ticks(_("Groups"), _("There is no group yet."))
        self._lines.addSpacing(8)
        self._buttons = self._verbs()
        self._told = Remark("", self)
        self._lines.addWidget(self._told)
        self._lines.addStretch(1)
        self._told.say("")

    def _ticks(self, title: str, nothing: str) -> tuple[QVBoxLayout, Remark]:
        self._lines.addSpacing(8)
        self._lines.addWidget(Plain(title, self, bold=True))
        lines = QVBoxLayout()
        self._lines.addLayout(lines)
        lines.setSpacing(2)
        empty = Remark(nothing, self)
        self._lines.addWidget(empty)
        return lines, empty

    def _verbs(self) -> dict[str, Button]:
        part = self._part
        made = {
            "password": part.verb(
                "users.password", _("New password"), _("A new one, to be changed at the first sign-in"), self._password
            ),
            "unlock": part.verb("users.unlock", _("Let in again"), _("After too many wrong passwords"), self._unlock),
            "away": part.verb("users.away", _("Away…"), _("From a day to a day"), self._away),
            "hand_over": part.verb("users.hand_over", _("Hand over…"), _("All records go to others"), self._hand_over),
        }  # fmt: skip
        for button in made.values():
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    # ---------------------------------------------------------------- what is shown

    def show_one(self, who: Operator | None) -> None:
        """Say everything of this user."""
        by = self._by = self._part.session.by
        if who is None or self._who is None or who.id != self._who.id:
            self._told.say("")
        self._who = who
        self.setVisible(who is not None)
        if who is None:
            return
        refused = rights.may(by, "administer") or ""
        self._title.setText(who.caption())
        is_locked = who.id in signing_in.locked_out(by)
        self._state.say(self._standing(who, is_locked))
        having = {role.number for role in roles.of_operator(who.id, by)}
        every = [(role.number, role.name, role.number in having) for role in roles.every(by)]
        self._fill("role", self._roles, every, refused)
        within = {group.id for group in groups.of_operator(who.id, by)}
        self._fill("group", self._groups, [(g.id, g.caption(), g.id in within) for g in groups.every(by)], refused)
        offer(self._buttons["password"], refused)
        offer(self._buttons["unlock"], refused or ("" if is_locked else _("Nothing keeps this user out.")))
        offer(self._buttons["hand_over"], refused)

    def _standing(self, who: Operator, is_locked: bool) -> str:
        by, told = self._by, []
        if who.administrator:
            told.append(_("administrator"))
        if not who.active:
            told.append(_("retired"))
        if is_locked:
            told.append(_("locked out"))
        if security.is_on() and who.id not in signing_in.with_password(by):
            told.append(_("no password yet"))
        for away in absences.of(who.id, by)[:1]:
            days = (
                {"first": day_in_words(away.first, inside=True), "last": day_in_words(away.last, inside=True)}
                if away.first and away.last
                else {}
            )
            told.append(_("away {first} to {last}").format(**days) if days else "")
            if to := receivers.names(away.receivers(), by):
                told.append(_("tasks meanwhile go to {names}").format(names=to))
        return " · ".join(part for part in told if part) or _("at work")

    def _fill(
        self, name: str, ticks: tuple[QVBoxLayout, Remark], rows: Sequence[tuple[object, str, bool]], refused: str
    ) -> None:
        lines, empty = ticks
        there = [item.widget() for place in range(lines.count()) if (item := lines.itemAt(place)) is not None]
        if [box.property("key") for box in there if box is not None] != [key for key, *_more in rows]:
            for box in there:
                if box is not None:
                    lines.removeWidget(box)
                    box.deleteLater()
            there = []
            for key, label, _on in rows:
                box = named(CheckBox(label, self), f"users.{name}.{key}", label)
                box.setProperty("key", key)
                box.clicked.connect(self._give if name == "role" else self._let_in)
                lines.addWidget(box)
                there.append(box)
        for box, (_key, label, on) in zip(there, rows, strict=True):
            if isinstance(box, CheckBox):
                box.setText(label.replace("&", "&&"))
                box.setChecked(on)
                box.setEnabled(not refused)
        empty.setVisible(not rows)

    def _ticked(self, ticks: tuple[QVBoxLayout, Remark]) -> list[object]:
        lines, _empty = ticks
        boxes = [item.widget() for place in range(lines.count()) if (item := lines.itemAt(place)) is not None]
        return [box.property("key") for box in boxes if isinstance(box, CheckBox) and box.isChecked()]

    # ---------------------------------------------------------------- what is done

    def _give(self) -> None:
        who = self._who
        if who is not None:
            wanted = [int(str(key)) for key in self._ticked(self._roles)]
            self._part.attempt(lambda: roles.give(who.id, wanted, self._by))
            self.show_one(who)

    def _let_in(self) -> None:
        who = self._who
        if who is None:
            return
        wanted, members = set(map(str, self._ticked(self._groups))), groups.members(self._by)
        for group in groups.every(self._by):
            held = members.get(group.id, [])
            now = [*(id for id in held if id != who.id), *([who.id] if group.id in wanted else [])]
            if set(now) != set(held):
                self._part.attempt(partial(groups.let_in, group.id, now, self._by))
        self.show_one(who)

    def _password(self) -> None:
        who, made = self._who, passwords.made_up()
        if who is None:
            return
        done = self._part.attempt(lambda: signing_in.set_password(who.id, made, self._by))
        self.show_one(who)
        if done is not None:
            said = _("Tell {name}: {password}  It is shown only now.")
            self._told.say(said.format(name=who.name, password=made), "text")
            self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _unlock(self) -> None:
        who = self._who
        if who is not None:
            self._part.attempt(lambda: signing_in.unlock(who.id, self._by))
            self.show_one(who)

    def _away(self) -> None:
        from ui.setup.rights.away_dialog import AwayDialog

        if self._who is not None and AwayDialog(self._who, self._part.session, self).exec():
            self.show_one(self._who)

    def _hand_over(self) -> None:
        from ui.setup.rights.hand_over_dialog import HandOverDialog

        if self._who is not None and HandOverDialog(self._who, self._part.session, self).exec():
            self._part.show_all()
