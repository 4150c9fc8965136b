"""The tax classes of the office as a grid: a cell is saved as soon as it is left, one that is in use is retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.fields import Rate
from channergy_crm.language import N_, _
from channergy_crm.records.products import TaxClass
from channergy_crm.services import rights, selling
from channergy_crm.services.rights import Program
from ui.editors.base import DecimalEditor, LineEditor
from ui.look import theme
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.editable_grid import Cells
from ui.widgets.grid_panel import GridPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

COLUMNS = ("name", "rate", "new_rate", "new_from", "no_tax", "standard", "retired")
WIDTHS = (110, 66, 94, 94, 150, 62, 68)
HIGH = 190
ABOUT = N_(
    "Each product has one of these. A new rate takes the place of the old one on its day; documents that are issued "
    "keep theirs. Why nothing is taken stands on their paper."
)


class TaxClasses(GridPanel[TaxClass]):
    """Their names, rates, and the rate that takes the place of another from a day on."""

    def __init__(self, by: str, parent: QWidget) -> None:
        super().__init__("settings.selling.taxes", _("Tax classes"), parent)
        self._by = by
        self._cells = Cells(TaxClass, COLUMNS, self._store, self._grid, faded=lambda each: each.retired)
        self._cells.locked = rights.may(by, "administer") is not None
        check = _("The rates the country of the office usually has; check them")
        self._fill = self._button("usual", _("Usual rates of this country"), check, self._fill_in)
        self._out = self._button("remove", _("Remove"), _("Deleted, or retired when products have it (Del)"),
                                 self._remove)  # fmt: skip
        about = Remark(_(ABOUT), self)
        self._put_together(WIDTHS, 0, about, self._grid, self._strip(self._fill, None, self._out), self._said,
                           self._line())  # fmt: skip
        self._grid.setMinimumHeight(theme.px(HIGH, self))
        self._start()

    def look(self) -> None:
        """As it is now."""
        self._refresh()

    def _line(self) -> QWidget:
        self._new_name = named(LineEditor(self, max_length=40), "settings.selling.taxes.new_name", _("New tax class"))
        self._new_name.setPlaceholderText(_("New tax class"))
        self._new_rate = named(DecimalEditor(Rate(_("Rate %")), self), "settings.selling.taxes.new_rate", _("Rate %"))
        self._new_rate.setPlaceholderText(_("Rate %"))
        line = self._new_line(_("Add it to the list (Enter)"), (self._new_name, 3), (self._new_rate, 1))
        line.setEnabled(not self._cells.locked)
        return line

    def _entries(self) -> list[TaxClass]:
        return selling.tax_classes(Program.ITSELF)

    def _offer(self) -> None:
        held, refused = self._grid.current(), rights.may(self._by, "administer") or ""
        usual = _("The usual tax class stays: tick another one as usual first.")
        offer(self._fill, refused)
        offer(
            self._out, refused or (_("Choose a tax class first.") if held is None else usual if held.standard else "")
        )

    def _store(self, entry: TaxClass, _name: str) -> None:
        selling.save_tax_class(entry, self._by)

    def _saved(self) -> None:
        self._reload()
        self._say(_("Saved."))

    def _add(self) -> None:
        name, rate = str(self._new_name.value() or "").strip(), self._new_rate.value()
        if wrong := self._new_rate.text_problem() or ("" if name else _("Type the name of the tax class first.")):
            self._say(wrong, "overdue")
            (self._new_name if not name else self._new_rate).setFocus()
            return
        added = self._attempt(lambda: selling.add_tax_class(name, int(rate or 0), self._by))
        if added is not None:
            self._reload(added.key, 0)
            self._say(_("{name} is in the list.").format(name=added.caption()))
            self._new_name.clear()
            self._new_rate.clear()
        self._new_name.setFocus()

    def _remove(self) -> None:
        held = self._grid.current()
        if held is None or not self._out.isEnabled():
            return
        said = self._attempt(lambda: selling.remove_tax_class(held.number, self._by))
        if said is not None:
            self._reload()
            self._say(said)
            self._grid.setFocus()

    def _fill_in(self) -> None:
        if self._attempt(lambda: selling.fill_usual_rates(self._by)) is not None:
            self._reload()
            self._say(_("The usual rates are filled in. Check whether they are those you charge."))
            self._grid.setFocus()
