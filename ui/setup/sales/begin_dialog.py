"""From which number on the documents of a kind are counted: only upward, and with a gap that is made on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError
from channergy_crm.language import _, closing
from channergy_crm.records.sales_documents import KINDS, DocumentKind
from channergy_crm.services import selling
from channergy_crm.services.rights import Program
from ui.editors.base import NumberEditor
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session


class BeginDialog(Dialog):
    """Which documents, and their next number of this year."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("begin_number", _("Begin at a higher number"), parent, size=(520, 320))
        self._session = session
        self._kind = self.named(
            ChoiceEditor([(kind.value, _(KINDS[kind].plural)) for kind in DocumentKind], self, allow_empty=False),
            "kind", _("Documents"),
        )  # fmt: skip
        self._kind.set_value(DocumentKind.INVOICE.value)
        self._count = self.named(NumberEditor(self, minimum=1, maximum=selling.HIGHEST), "count", _("Next number"))
        self._wrong = self.named(Remark("", self, ink="overdue"), "wrong", _("What is wrong"))
        self._said = self.named(Remark("", self), "said", _("What comes of it"))
        for part in (Plain(_("Documents"), self), self._kind, Plain(_("Next number of this year"), self), self._count,
                     self._wrong, self._said):  # fmt: skip
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._begin = self.button("begin", _("Begin there"))
        self.finish_with(self._begin, self.button("cancel", closing()))
        self._kind.changed.connect(self._propose)
        self._count.changed.connect(self._tell)
        self._propose()
        self._count.setFocus()

    def accept(self) -> None:
        """The circle is set, or it is said why it cannot be."""
        kind, count = self._chosen(), int(self._count.value() or 0)
        try:
            wrong = self._count.text_problem()
            if wrong is None:
                selling.begin_at(kind, count, self._session.by)
        except CRMError as error:
            wrong = error.message
        if wrong is not None:
            self._wrong.say(wrong, "overdue")
            theme.mark(self._count, "problem", True)
            self._count.setFocus()
            return
        number = selling.next_number(kind, Program.ITSELF)
        self._session.say_done(_("The next number is {number}.").format(number=number))
        super().accept()

    def _chosen(self) -> DocumentKind:
        return DocumentKind(str(self._kind.value()))

    def _propose(self) -> None:
        self._count.set_value(selling.next_count(self._chosen(), Program.ITSELF))
        self._tell()

    def _tell(self) -> None:
        self._wrong.say("")
        theme.mark(self._count, "problem", False)
        count = self._count.value() if self._count.text_problem() is None else None
        number = selling.next_number(self._chosen(), Program.ITSELF, count=int(count or 0))
        self._said.say(
            _(
                "The next one is {number}. Numbers before it that no document has stay a gap, made on purpose: the "
                "audit trail says by whom and when. It cannot be taken back."
            ).format(number=number)
        )
