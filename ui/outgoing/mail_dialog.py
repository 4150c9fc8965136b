"""A mail to one or to many: written, read through for each, who is left out and why; then it goes (VT-157, VT-161)."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, closing, ngettext
from channergy_crm.services import filling, preferences, reading
from channergy_crm.services.mail import accounts, recipients
from ui.look import theme
from ui.look.wording import spoken
from ui.outgoing import mail_out, words
from ui.outgoing.mail_text import Mail, MailText
from ui.outgoing.read_through import ReadThrough
from ui.widgets.dialog import Dialog, Plain, Remark, offer, scrolling
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.errors import CRMError
    from channergy_crm.services.mail.recipients import Prepared
    from channergy_crm.work.record import Record
    from ui.session.background import Job, Progress
    from ui.session.session import Session

    Records = Sequence[tuple[type[Record], object]]

DRAFT = "mail."
"""how drafts of mails are called"""
SOON_MS, MANY, MOST_KEPT = 350, 400, 2_000
"""after typing; from so many on the work is told; so many people are remembered with a draft"""
READS = 400


class MailDialog(Dialog):
    """Written beside the window, kept on the disk while it is; Ctrl+Enter sends it, and ten seconds hold it back."""

    def __init__(self, session: Session, records: list[tuple[type[Record], object]], parent: QWidget) -> None:
        super().__init__("mail", _("E-mail"), parent, session.station, size=(940, 620))
        self.setModal(False)
        self.session, self.records = session, records
        self.key, self.form = uuid4().hex, f"{DRAFT}{uuid4().hex[:12]}"
        self.ready: Prepared | None = None
        self.campaign: int | None = None
        self._job: Job | None = None
        self._read_for = Mail("", "")
        self._labels: dict[str, str] = {}
        self._soon = later(self, self._prepare, SOON_MS)
        self._head = self.named(Plain("", self, bold=True), "head", _("To whom"))
        self.body.addWidget(self._head)
        self.text = MailText(session, records, self)
        self.through = ReadThrough("mail", self)
        self._out_head = Plain("", self, bold=True)
        self._out = self.named(Remark("", self), "left_out", _("Who is left out"))
        self._lay_out()
        self._said = self.named(Remark("", self), "said", _("What is missing"))
        self.body.addWidget(self._said)
        self._finish()
        self.text.changed.connect(self._typed)
        self.through.turned.connect(lambda _place: self._read())
        session.closing.connect(self.close)
        self._typed()
        self._prepare()

    def _lay_out(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.through, self._out_head, self._out):
            column.addWidget(part)
        column.addStretch(1)
        area = scrolling(right)
        area.setMinimumWidth(theme.px(READS * 3 // 4, self))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.text, 3)
        row.addWidget(area, 2)
        self.body.addLayout(row, 1)

    def _finish(self) -> None:
        """The verbs: *Send* where the office has a server, else the ways out of it."""
        self.sends = bool(self.session.attempt(accounts.is_set_up))
        self.send = self.button("send", _("Send"))
        self.save_files = self.button("save_files", _("Save as .eml files…"))
        self.open_outside = self.button("open_outside", _("Open in the mail program"))
        self._away = self.button("throw_away", _("Throw away"))
        self._away.quiet()
        self.save_files.clicked.connect(lambda: self._out_with(mail_out.save_files))
        self.open_outside.clicked.connect(lambda: self._out_with(mail_out.open_outside))
        self._away.clicked.connect(self.throw_away)
        main = self.send if self.sends else self.save_files
        for button in (self.save_files, self._away, self.open_outside):
            button.setAutoDefault(False)
        self._server = self.named(Remark("", self), "server", _("How it is sent"))
        self._server.say("" if self.sends else _(
            "The office has no e-mail server yet (Settings, E-mail): your own mail program opens and sends these."
        ))  # fmt: skip
        self.body.addWidget(self._server)
        box = self.finish_with(None, self.button("close", closing(), "Esc"))  # unsaid: a key
        box.addButton(self._away, box.ButtonRole.DestructiveRole)
        box.addButton(self.save_files, box.ButtonRole.ActionRole)
        box.addButton(self.open_outside, box.ButtonRole.ActionRole)
        box.addButton(self.send, box.ButtonRole.ActionRole)
        main.loud()
        self.send.clicked.connect(self.accept)
        self.send.setVisible(self.sends)
        self.save_files.setVisible(not self.sends)
        self.open_outside.setVisible(not self.sends and len(self.records) == 1)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(main.click)
        for key, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(self.through.step, by))

    @property
    def record(self) -> Record | None:
        """Whom it goes to, where that is one; a snippet is about them."""
        record, key = self.records[0]
        return self.session.find(record, key) if len(self.records) == 1 else None

    # ---------------------------------------------------------------- while it is written

    def _typed(self) -> None:
        self.ready = None
        written = self.text.written()
        self._offer(_("Looking who gets it…") if not written.is_empty else _("Write what it says first."))
        self._soon.start()

    def _offer(self, why_not: str = "") -> None:
        for button in (self.send, self.save_files, self.open_outside):
            offer(button, why_not)

    def _prepare(self) -> None:
        """Look beside the window who gets it, and keep the draft."""
        if self._job is not None:
            self._job.cancel()
        self.keep_draft()
        mail, by, records = self.text.written(), self.session.by, self.records
        self._read_for = mail
        self._read()
        wrong = self.session.attempt(lambda: recipients.problem(mail.subject, mail.body, by) or "")
        if wrong is None or wrong:
            self._said.say("" if mail.is_empty else wrong or "", "overdue")
            self._offer(wrong or _("The office does not answer."))
            self._show(None)
            return

        def work(progress: Progress) -> Prepared:
            return recipients.prepare(records, mail.subject, mail.body, by, progress.step)

        self._job = self.session.work(work, label=_("Looking who gets it"), done=partial(self._heard, mail),
                                      failed=self._failed, progress=len(records) > MANY)  # fmt: skip

    def _heard(self, mail: Mail, ready: Prepared) -> None:
        self._job = None
        if mail == self.text.written():
            self.ready = ready
            self._show(ready)

    def _failed(self, error: CRMError) -> None:
        self._job = None
        self._said.say(error.message, "overdue")
        self._offer(error.message)

    def _show(self, ready: Prepared | None) -> None:
        """To how many it goes, and who is left out."""
        out = ready.left_out if ready is not None else []
        self._out_head.setText(words.how_many_left_out(len(out)))
        self._out.say(words.left_out(out, recipients.SAID))
        self._out_head.setVisible(bool(out))
        if ready is None:
            self._head.setText(words.to_whom(len(self.records)))
            return
        count = len(ready.recipients)
        self._head.setText(self._to(ready))
        many = ngettext("Send {count:,} mail", "Send {count:,} mails", count).format(count=count)
        self.send.setText(many if len(self.records) > 1 else _("Send"))
        self._said.say("")
        self._offer("" if count else _("Nobody is left to write to."))
        self._read()

    def _to(self, ready: Prepared) -> str:
        if len(self.records) == 1 and ready.recipients:
            one = ready.recipients[0]
            return _("To {name}, {address}").format(name=one.record.caption(), address=one.address)
        return words.who_gets_it(ready)

    def _read(self) -> None:
        """How it reads for the one that is wanted; what is not known of them is marked."""
        mail, by, session = self._read_for, self.session.by, self.session
        self.through.set_count(len(self.records))
        kind, key = self.records[self.through.place]
        held: Any = session.attempt(lambda: reading.find(kind, key, by))
        if held is None or mail.is_empty:
            self.through.show_nobody(_("What you write is read through here for everybody it goes to."))
            return
        subject = filling.Subject(held)
        texts = session.attempt(lambda: [filling.fill(each, subject, by, spoken) for each in mail[:2]])
        own = session.attempt(lambda: preferences.of(by, by))
        if not self._labels:
            self._labels = {each.name: each.label for each in session.attempt(lambda: filling.offered(by)) or []}
        if texts is not None:
            signature = f"-- \n{own.signature}" if own is not None and own.signature else ""
            self.through.show_one(held.caption(), self._address(held), texts[0], texts[1], self._labels, signature)

    def _address(self, held: Record) -> str:
        """Where it goes for this one, or that it does not."""
        if self.ready is None:
            return ""
        mine = (one for one in self.ready.recipients if held in (one.record, one.about))
        found = next(mine, None)
        return found.address if found is not None else _("Gets no mail; why stands below.")

    # ---------------------------------------------------------------- drafts

    def keep_draft(self) -> None:
        """Keep what is written on the disk: the program may be about to end."""
        mail = self.text.written()
        if mail.is_empty:
            self.session.drafts.drop(self.form)
            return
        record, key = self.records[0]
        whom = [[each._meta.table_name, number] for each, number in self.records[:MOST_KEPT]]
        texts = {"subject": mail.subject, "body": mail.body, "template": str(mail.template or ""),
                 "attached": json.dumps(self.text.attached), "records": json.dumps(whom),
                 "campaign": str(self.campaign or "")}  # fmt: skip
        self.session.drafts.put_texts(self.form, record._meta.table_name, key, texts)

    def throw_away(self) -> None:
        """What is written goes, and can be brought back while the notice stands."""
        mail = self.text.written()
        again = partial(open_again, self.session, self.records, mail, dict(self.text.attached),
                        campaign=self.campaign)  # fmt: skip
        self.session.drafts.drop(self.form)
        self.text.take(Mail("", ""))
        self.close()
        if not mail.is_empty:
            self.session.notices.say(_("The mail is thrown away."), undo=again)

    # ---------------------------------------------------------------- sending

    def accept(self) -> None:
        """It goes in ten seconds; until then *Undo* brings it back."""
        if self.sends and self.send.isEnabled():
            self._out_with(self._hold)

    def _hold(self, mail: mail_out.Writing) -> None:
        self.keep_draft()
        self.hide()
        mail_out.Held(mail)

    def _out_with(self, deed: Callable[[mail_out.Writing], object]) -> None:
        """Do something with the mail, where somebody gets it."""
        if self.ready is not None and self.ready.recipients:
            deed(mail_out.Writing(self.session, self, self.text, self.ready, self.key, self.form, self.come_back,
                                  self._finished, self.campaign))  # fmt: skip

    def come_back(self, said: str) -> None:
        """It did not go: go on writing."""
        self.show()
        self.activateWindow()
        self._said.say(said, "overdue")

    def _finished(self) -> None:
        """It went: nothing of it is kept."""
        self.text.take(Mail("", ""))
        self.close()

    def done(self, result: int) -> None:
        """Close; what is written and was not sent is kept, and offered."""
        if self._job is not None:
            self._job.cancel()
        self._soon.stop()
        mail = self.text.written()
        self.keep_draft()
        super().done(result)
        if not mail.is_empty:
            again = partial(open_again, self.session, self.records, mail, dict(self.text.attached), self.form,
                            self.campaign)  # fmt: skip
            self.session.notices.say(_("The mail was not sent; its text is kept."), action=(_("Go on"), again))
        self.deleteLater()


def open_mail(
    session: Session, records: Records, parent: QWidget | None = None, campaign: int | None = None
) -> MailDialog:
    """The window in which a mail to these is written."""
    dialog = MailDialog(session, list(records), parent or session.notices.window())
    dialog.campaign = campaign
    dialog.show()
    dialog.activateWindow()
    dialog.text.subject.setFocus()
    return dialog


def open_again(
    session: Session, records: Records, mail: Mail, attached: Mapping[int, str], form: str = "",
    campaign: int | None = None,
) -> MailDialog:  # fmt: skip
    """Go on with a mail that was written before."""
    dialog = open_mail(session, records, campaign=campaign)
    if form:
        dialog.form = form
    dialog.text.take(mail)
    for number, name in attached.items():
        dialog.text.attach(number, name)
    dialog.keep_draft()
    return dialog
