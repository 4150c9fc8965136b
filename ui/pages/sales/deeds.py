"""What the verbs over a document do: issued, answered, ordered, billed, paid, credited; each says why not (VT-86,
VT-137).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import CRMError
from channergy_crm.language import _, ngettext
from channergy_crm.records import SalesDocument
from channergy_crm.records.sales_documents import KINDS, DocumentKind
from channergy_crm.services.sales_documents import flow, issuing, payments
from ui.screens import sales_deeds
from ui.session.beside import Told

if TYPE_CHECKING:
    from ui.forms.record_panel import RecordPanel

WHY_NOT: dict[str, Callable[[SalesDocument, str], str | None]] = {
    "issue": issuing.why_not, "accept": flow.why_not_accept, "decline": flow.why_not_decline,
    "new_version": flow.why_not_new_version, "to_order": flow.why_not_to_order,
    "to_invoice": flow.why_not_to_invoice, "to_purchase": flow.why_not_to_purchase_orders,
    "credit": flow.why_not_credit, "void": flow.why_not_cancel, "receive": flow.why_not_receive,
    "again": flow.why_not_bill_again, "pay": payments.why_not_pay, "remind": payments.why_not_remind,
}  # fmt: skip
ASKED_AFTER_SAVING = ("issue", "pdf")  # unsaid: names of verbs
Deed = Callable[[int, str, "dict[int, int]"], "SalesDocument"]
OF_PAPER = ("pdf", "send")  # unsaid: the same
PAPER = "ui.paper.sales"


def why_not(name: str, panel: RecordPanel) -> str | None:
    """None when it can be done with the document that is open, or the sentence why not."""
    record: SalesDocument = panel.record
    if name in ASKED_AFTER_SAVING and panel.is_edited:
        return None
    if record.is_new:
        return _("Save the document first.")
    if not sales_deeds.fits(name, record):
        return _("{name} ({state}): this cannot be done with it now.").format(
            name=record.caption(), state=SalesDocument.kind("state").show(record.state)
        )
    if name in OF_PAPER:
        return None if find_spec(PAPER) is not None else _("This program was built without paper for documents.")
    try:
        sentence = WHY_NOT[name](record, panel.by)
        return None if name == "issue" and sentence and _lacks(panel) == sentence else sentence
    except CRMError as error:
        return error.message


def _lacks(panel: RecordPanel) -> str | None:
    """What a line lacks: the verb can be pressed, and leads there."""
    lack = issuing.lack(panel.record, panel.by)
    return lack.sentence if lack is not None else None


def do(name: str, panel: RecordPanel) -> None:
    """Do it; what was typed is saved before."""
    if panel.is_edited and not panel.save_changes():
        return
    if panel.record is None or panel.record.is_new:
        return
    sentence = why_not(name, panel) or (
        _einvoice_lacks(panel) if name == "issue" else None
    )  # unsaid: the name of a verb
    if sentence:
        panel.session.notices.warn(sentence)
        return
    DEEDS[name](panel)


def _issue(panel: Any) -> None:
    number, by = panel.record.number, panel.by
    if (lack := issuing.lack(panel.record, by)) is not None:
        panel.session.notices.warn(lack.sentence)
        panel.go_to_cell(lack.line, lack.field)
        return
    issued = panel.session.attempt(lambda: issuing.issue(number, by))
    if issued is not None:
        panel.reload()
        preview = (_("Preview and PDF"), partial(_pdf, panel)) if find_spec(PAPER) is not None else None
        said = _("{name} is issued.").format(name=panel.record.caption())
        panel.session.tell(Told(said, action=preview))  # nobody takes it back, so nothing is offered that would


def _einvoice_lacks(panel: RecordPanel) -> str | None:
    """What an e-invoice would lack: once it is issued nothing of it can be typed any more."""
    if find_spec(PAPER) is None:
        return None
    from importlib import import_module

    found = panel.session.attempt(lambda: import_module(PAPER).lacking(panel.record, panel.by))
    return str(found) if found else None


def _pdf(panel: RecordPanel) -> None:
    from importlib import import_module

    import_module(PAPER).preview(panel.record, panel.session, panel)


def _send(panel: RecordPanel) -> None:
    from importlib import import_module

    import_module(PAPER).mail(panel.record, panel.session, panel)


def _accept(panel: RecordPanel) -> None:
    _simply(panel, flow.accept, _("{name} is accepted."))


def _simply(panel: RecordPanel, deed: Callable[[int, str], SalesDocument], said: str) -> bool:
    number, by = panel.record.number, panel.by
    done = panel.session.attempt(lambda: deed(number, by))
    if done is not None:
        panel.session.say_done(said.format(name=done.caption()))
    return done is not None


def _decline(panel: RecordPanel) -> None:
    from ui.pages.sales.reason_dialog import ReasonDialog

    number, by, name = panel.record.number, panel.by, panel.record.caption()
    dialog = ReasonDialog(
        "decline", _("{name} is declined").format(name=name), _("Declined"),
        _("Why the customer does not take it, where it is known."), panel,
        lambda reason: flow.decline(number, reason, by),
    )  # fmt: skip
    if dialog.exec():
        panel.session.say_done(_("{name} is declined.").format(name=name))


def _void(panel: RecordPanel) -> None:
    from ui.pages.sales.reason_dialog import ReasonDialog

    number, by, name = panel.record.number, panel.by, panel.record.caption()
    dialog = ReasonDialog(
        "void", _("Cancel {name}").format(name=name), _("Cancel it"),
        _("It comes to nothing; its number stays taken. Undo takes this back."), panel,
        lambda reason: flow.cancel(number, reason, by),
    )  # fmt: skip
    if dialog.exec():
        panel.session.say_done(_("{name} is cancelled.").format(name=name))


def _new_version(panel: RecordPanel) -> None:
    _leads_to(panel, flow.new_version)


def _to_order(panel: RecordPanel) -> None:
    _leads_to(panel, flow.to_order)


def _leads_to(panel: RecordPanel, deed: Callable[[int, str], SalesDocument]) -> None:
    number, by = panel.record.number, panel.by
    made = panel.session.attempt(lambda: deed(number, by))
    if made is not None:
        _go_to(panel, made)


def _go_to(panel: RecordPanel, made: SalesDocument) -> None:
    session = panel.session
    session.say_done(_("{name} is made, as a draft.").format(name=made.caption()))
    session.go_to(KINDS[DocumentKind(made.what)].target, made.number)


def _to_purchase(panel: RecordPanel) -> None:
    number, by, session = panel.record.number, panel.by, panel.session
    made = session.attempt(lambda: flow.to_purchase_orders(number, by))
    if not made:
        return
    said = ngettext("{count:,} purchase order is made, as a draft.", "{count:,} purchase orders are made, as drafts.",
                    len(made))  # fmt: skip
    session.say_done(said.format(count=len(made)))
    session.go_to("purchase_order", made[0].number)


def _some_of_it(panel: RecordPanel, name: str, title: str, verb: str, deed: Deed) -> SalesDocument | None:
    """How much of each line; what came of it, or None."""
    from ui.pages.sales.quantities_dialog import QuantitiesDialog

    number, by = panel.record.number, panel.by
    dialog = QuantitiesDialog(name, title, verb, number, panel, lambda quantities: deed(number, by, quantities))
    return dialog.made if dialog.exec() else None


def _to_invoice(panel: RecordPanel) -> None:
    title = _("Invoice for {name}").format(name=panel.record.caption())
    if (made := _some_of_it(panel, "to_invoice", title, _("Make Invoice"), flow.to_invoice)) is not None:
        _go_to(panel, made)


def _credit(panel: RecordPanel) -> None:
    title = _("Credit note for {name}").format(name=panel.record.caption())
    if (made := _some_of_it(panel, "credit", title, _("Make Credit Note"), flow.credit)) is not None:
        _go_to(panel, made)


def _again(panel: RecordPanel) -> None:
    _simply(panel, flow.bill_again, _("What {name} took back is open again, to be billed."))


def _receive(panel: RecordPanel) -> None:
    title = _("What has come of {name}").format(name=panel.record.caption())
    if _some_of_it(panel, "receive", title, _("Receive"), flow.receive) is not None:
        panel.session.say_done(_("What has come is in stock now."))


def _pay(panel: RecordPanel) -> None:
    from ui.pages.sales.payment_dialog import PaymentDialog

    dialog = PaymentDialog(panel.record, panel.session, panel)
    if dialog.exec():
        panel.session.say_done(_("Payment noted."))


def _remind(panel: RecordPanel) -> None:
    """It counts first, so that the letter is the first, second or third; then the letter is shown, once."""
    if _simply(panel, payments.remind, _("Reminded of {name}.")) and find_spec(PAPER) is not None:
        from importlib import import_module

        panel.reload()
        import_module(PAPER).remind(panel.record, panel.session, panel)


DEEDS: dict[str, Callable[[RecordPanel], None]] = {
    "issue": _issue, "send": _send, "pdf": _pdf, "accept": _accept, "decline": _decline, "new_version": _new_version,
    "to_order": _to_order, "to_purchase": _to_purchase, "to_invoice": _to_invoice, "credit": _credit,
    "receive": _receive, "again": _again, "pay": _pay, "remind": _remind, "void": _void,
}  # fmt: skip
