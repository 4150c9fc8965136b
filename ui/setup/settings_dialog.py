"""The settings of this workstation and of the whole office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from channergy_crm import language
from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _
from channergy_crm.services import office, operators, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import (
    ALT_KEYS,
    ASK,
    LANGUAGE,
    LEAVING,
    OFFICE_NAME,
    REGION,
    SAVE,
    SEARCH_LISTS,
    THEME,
    Station,
)
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor
from ui.setup.field_form import SettingFields
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

THEMES = [("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark"))]
LEAVINGS = [(SAVE, N_("Save it and say so")), (ASK, N_("Ask first"))]
LONGEST_NAME = 60


class SettingsDialog(Dialog):
    """The language, and light or dark, for this workstation; the country and the name for the office.

    With `wear` a theme is worn as soon as it is chosen, and the former one again after *Cancel*. `topics` are what
    else can be set up here, each with its title: the areas, and what the areas bring.
    """

    def __init__(
        self,
        station: Station,
        by: str,
        parent: QWidget | None = None,
        *,
        wear: Callable[[str], object] | None = None,
        topics: Sequence[tuple[str, Callable[[QWidget], QWidget]]] = (),
    ) -> None:
        super().__init__("settings", _("Settings"), parent, station, size=(520, 380))
        self._station, self._by, self._wear = station, by, wear
        self._here, self._everywhere = SettingFields("settings", self), SettingFields("settings", self)
        self._said = self.named(Remark("", self, ink="overdue"), "said", _("What went wrong"))
        self._said.hide()
        self._fill()
        for title, fields in ((_("This workstation"), self._here), (_("The office"), self._everywhere)):
            self.body.addWidget(Plain(title, self, bold=True))
            self.body.addWidget(fields)
        for title, build in topics:
            self.body.addWidget(Plain(title, self, bold=True))
            self.body.addWidget(build(self))
        self.body.addStretch(1)
        self.body.addWidget(self._said)
        save = self.button("save", _("Save"), _("Keep what is chosen here (Enter)"))
        self.finish_with(save, self.button("cancel", _("Cancel"), _("Leave everything as it was (Esc)")))
        self._theme.setFocus()

    def accept(self) -> None:
        """Save, once all of it can be."""
        if not self._everywhere.settle():
            return
        try:
            chosen = self._everywhere.values()
            for setting in (OFFICE_NAME, REGION, SEARCH_LISTS):
                if chosen[setting] != office.get(setting, Program.ITSELF):
                    office.choose(setting, chosen[setting], self._by)
        except CRMError as error:
            self._said.say(error.message)
            return
        self._station.set(THEME, self._theme.value())
        self._station.set(ALT_KEYS, self._alt_keys.value())
        self._station.set(LEAVING, self._leaving.value())
        self._station.set(LANGUAGE, self._language.value())
        super().accept()

    def reject(self) -> None:
        """Leave everything as it was, the theme too."""
        if self._wear is not None and self._theme.value() != self._station.get(THEME):
            self._wear(self._station.get(THEME))
        super().reject()

    def _fill(self) -> None:
        self._language = ChoiceEditor(spoken(), self._here, allow_empty=False)
        hint = _("Spoken when the program is started again.")
        self._here.add(LANGUAGE, self._language, self._station.get(LANGUAGE), width=200, hint=hint)
        self._theme = ChoiceEditor([(name, _(text)) for name, text in THEMES], self._here, allow_empty=False)
        hint = "" if self._wear else _("Seen when the program is started again.")
        self._here.add(THEME, self._theme, self._station.get(THEME), width=200, hint=hint)
        self._theme.changed.connect(lambda: self._wear(self._theme.value()) if self._wear else None)
        self._alt_keys = FlagEditor(ALT_KEYS.label, self._here)
        self._here.add(
            ALT_KEYS, self._alt_keys, self._station.get(ALT_KEYS), hint=_("Alt+E edits, Alt+S saves; see F1.")
        )
        self._leaving = ChoiceEditor([(name, _(text)) for name, text in LEAVINGS], self._here, allow_empty=False)
        hint = _("Saving can be undone. What cannot be saved stays open.")
        self._here.add(LEAVING, self._leaving, self._station.get(LEAVING), width=200, hint=hint)
        self._everywhere.add(
            OFFICE_NAME,
            LineEditor(self._everywhere, max_length=LONGEST_NAME),
            office.get(OFFICE_NAME, Program.ITSELF),
            check=lambda name: None if name else _("An office needs a name; it stands in the header."),
        )
        country = ChoiceEditor(countries(), self._everywhere, allow_empty=False)
        self._everywhere.add(
            REGION,
            country,
            office.get(REGION, Program.ITSELF),
            hint=_("Phone numbers without a country code belong to this country. Saved numbers are not read anew."),
        )
        self._everywhere.add(
            SEARCH_LISTS,
            LineEditor(self._everywhere, max_length=LONGEST_NAME),
            office.get(SEARCH_LISTS, Program.ITSELF),
            check=_operators_known,
            hint=_("Operators by ID, such as ANN, BEA; * for all of them, empty for nobody."),
        )
        if refused := rights.may(self._by, "administer"):
            self._everywhere.set_read_only()
            self._said.say(refused)


def _operators_known(typed: str | None) -> str | None:
    known = {operator.id.upper() for operator in operators.everybody(Program.ITSELF)} | {"*", ""}
    unknown = [name.strip() for name in (typed or "").split(",") if name.strip().upper() not in known]
    return _("There is no active operator {unknown}.").format(unknown=unknown[0]) if unknown else None


def spoken() -> list[tuple[str, str]]:
    """The languages to choose from, each by its own name; the first is the one this machine speaks."""
    others = language.languages()[1:]
    named = [(code, QLocale(code).nativeLanguageName().capitalize()) for code in others]
    return [(language.SYSTEM, _("As the system")), (language.ENGLISH, "English"), *named]  # unsaid: its own name


def countries() -> list[tuple[str, str]]:
    """The countries whose phone numbers are known: code and name, by name."""
    from phonenumbers import SUPPORTED_REGIONS

    named = [(code, _country(code)) for code in SUPPORTED_REGIONS]
    return sorted(((code, f"{name} ({code})") for code, name in named), key=lambda pair: pair[1])


def _country(code: str) -> str:
    """What a country is called; the library of phone numbers knows it in many languages, Qt in English alone."""
    if language.in_use() != language.ENGLISH:
        from phonenumbers.geodata.locale import LOCALE_DATA

        called = LOCALE_DATA.get(code, {})
        said = str(called.get(language.in_use(), ""))
        if said := str(called.get(said[1:], "")) if said.startswith("*") else said:  # "as in that language"
            return said
    return QLocale.territoryToString(QLocale.codeToTerritory(code))
