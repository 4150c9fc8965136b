"""What somebody has agreed to, does not want, and has asked the office for: in one place (DP-6, DP-9, DP-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _, closing
from channergy_crm.records.privacy import Asked
from channergy_crm.services.privacy import consents, requests
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.dates import DateEditor
from ui.look import theme
from ui.look.wording import shown
from ui.widgets.controls import Button
from ui.widgets.dialog import Dialog, Plain, Remark, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.records.privacy import Consent, DataRequest
    from channergy_crm.services.privacy.consents import Wish
    from channergy_crm.work.record import Record
    from ui.session.session import Session

DAY, WORD = 170, 170


def open_person(record: type[Record], key: object, session: Session, parent: QWidget) -> None:
    """What somebody has agreed to, does not want, and has asked for; of a record that is there."""
    held = session.find(record, key)
    if held is not None:
        PersonDialog(held, session, parent).exec()


class PersonDialog(Dialog):
    """Each step is saved at once and can be undone; the lists say what holds now."""

    def __init__(self, record: Record, session: Session, parent: QWidget) -> None:
        title = _("{name}: consent and requests").format(name=record.caption())
        super().__init__("person", title, parent, session.station, size=(640, 560))
        self._record, self._session = record, session
        self._room = QWidget(self)
        self._rows = QVBoxLayout(self._room)
        self._rows.setContentsMargins(0, 0, 12, 0)
        self.body.addWidget(scrolling(self._room), 1)
        self._purpose = self.named(LineEditor(self), "purpose", _("Purpose, such as newsletter"))
        self._source = self.named(LineEditor(self), "source", _("Where that is from"))
        for line in (self._purpose, self._source):
            line.setPlaceholderText(line.accessibleName())
        self._agreed = self.button("agreed", _("They agree"), _("Take down a consent, as of today"))
        kinds = [(each.value, _(each.value)) for each in Asked]
        self._asked = self.named(ChoiceEditor(kinds, self, allow_empty=False), "asked", _("What they ask for"))
        self._asked.set_value(Asked.ACCESS.value)
        self._received = self.named(DateEditor(self, past=True), "received", _("Received"))
        self._received.setPlaceholderText(_("Received today"))
        self._take = self.button("take", _("They ask"), _("Take it down; it is due in a month"))
        self._said = self.named(Remark("", self, ink="overdue"), "said", _("What is missing"))
        self._lay_out()
        self._said.say("")
        self._agreed.clicked.connect(lambda: self.agree())
        self._take.clicked.connect(lambda: self.take())
        self.look()

    def _lay_out(self) -> None:
        self._received.setFixedWidth(theme.px(DAY, self))
        self._asked.setMinimumWidth(theme.px(WORD, self))
        for parts in ((self._purpose, self._source, self._agreed), (self._asked, self._received, self._take)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for place, part in enumerate(parts):
                row.addWidget(part, 1 if place < 2 and part is not self._received else 0)
            self.body.addLayout(row)
        self.body.addWidget(self._said)
        self.finish_with(None, self.button("close", closing()))

    # ---------------------------------------------------------------- what holds

    def look(self) -> None:
        """Everything as it is now."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        kind, key, by, session = type(self._record), self._record.key, self._session.by, self._session
        wishes = session.attempt(lambda: consents.wishes(self._record, by)) or []
        agreed = session.attempt(lambda: consents.of(kind, key, by)) or []
        asked = session.attempt(lambda: requests.of(kind, key, by)) or []
        self._section(_("Does not want"), [(_wish(each), ()) for each in wishes],
                      _("Nothing is known: they may be called and written to."))  # fmt: skip
        self._section(_("Has agreed to"), [(_consent(each), self._withdrawing(each)) for each in agreed],
                      _("No consent was taken down yet."))  # fmt: skip
        self._section(_("Has asked for"), [(_request(each), self._answering(each)) for each in asked],
                      _("Nothing was asked for yet."))  # fmt: skip
        self._rows.addStretch(1)

    def _section(self, head: str, lines: list[tuple[str, tuple[Button, ...]]], nothing: str) -> None:
        self._rows.addWidget(Plain(head, self._room, bold=True))
        if not lines:
            self._rows.addWidget(Remark(nothing, self._room))
        for text, buttons in lines:
            line = QWidget(self._room)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(Plain(text, line), 1)
            for button in buttons:
                row.addWidget(button)
            self._rows.addWidget(line)

    def _step(self, word: str, text: str, what: Callable[[], Any]) -> Button:
        button = self.named(Button(text, self._room), word, text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._do(what))
        return button

    def _withdrawing(self, consent: Consent) -> tuple[Button, ...]:
        if consent.withdrawn is not None:
            return ()
        number, by = consent.number, self._session.by
        return (self._step(f"withdraw_{number}", _("They take it back"), lambda: consents.withdraw(number, by)),)

    def _answering(self, request: DataRequest) -> tuple[Button, ...]:
        if request.answered is not None:
            return ()
        number, by = request.number, self._session.by
        return (
            self._step(f"put_off_{number}", _("Put off"), lambda: requests.put_off(number, by)),
            self._step(f"answer_{number}", _("Answered"), lambda: requests.answer(number, by)),
        )

    # ---------------------------------------------------------------- what is done

    def agree(self) -> None:
        """Take down a consent: for which purpose, and where that is from."""
        purpose, source = self._purpose.value(), self._source.value()
        if not (purpose and source):
            self._said.say(_("Say for which purpose, and where that is from."), "overdue")
            return
        kind, key, by = type(self._record), self._record.key, self._session.by
        if self._do(lambda: consents.give(kind, key, purpose, source, by)):
            self._purpose.set_value("")
            self._source.set_value("")

    def take(self) -> None:
        """Take down what they ask for."""
        if problem := self._received.text_problem():
            self._said.say(problem, "overdue")
            return
        kind, key, by = type(self._record), self._record.key, self._session.by
        received, asked = self._received.value() or clock.today(), Asked(str(self._asked.value()))
        if self._do(lambda: requests.take(kind, key, asked, received, by)):
            self._received.set_value(None)

    def _do(self, what: Callable[[], Any]) -> bool:
        self._said.say("")
        done = self._session.attempt(what)
        self.look()
        return done is not None


def _wish(wish: Wish) -> str:
    said = {"phone": _("Calls"), "email": _("E-mail"), "sms": _("SMS")}[wish.channel]
    told = _("{what}: {address} ({source})") if wish.address else _("{what} ({source})")
    return told.format(what=said, address=wish.address, source=wish.source)


def _consent(consent: Consent) -> str:
    told = _("{purpose}, {source}, since {day}")
    if consent.withdrawn is not None:
        told = _("{purpose}, {source}, since {day}, taken back {end}")
    return told.format(
        purpose=consent.purpose, source=consent.source, day=shown(None, consent.given),
        end=shown(None, consent.withdrawn),
    )  # fmt: skip


def _request(request: DataRequest) -> str:
    told = _("{asked}, received {day}, due {due}")
    if request.answered is not None:
        told = _("{asked}, received {day}, answered {answered}")
    return told.format(
        asked=_(request.asked), day=shown(None, request.received), due=shown(None, request.due),
        answered=shown(None, request.answered),
    )  # fmt: skip
