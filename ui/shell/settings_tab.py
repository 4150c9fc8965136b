"""The tab Settings: which topics there are, and how one comes to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.settings import (
    ALL,
    ALT_KEYS,
    AUDIT_TRAIL,
    BACKUP_AT,
    BACKUP_EVERY,
    BACKUP_FOLDER,
    BACKUP_KEPT,
    BACKUP_KEYS,
    CALL_BACK_WAIT,
    COOL_DOWN,
    DAY_BEGINS,
    DOCUMENT_MOST,
    FEED_FOLDER,
    HAND_OVER,
    LANGUAGE,
    LANGUAGES_OFFERED,
    LEAVING,
    LIST_GROWS_OLD,
    LOCK_AFTER,
    MAIL,
    MAP_PATTERN,
    MAP_SERVICE,
    MINUTES_BEFORE,
    MONTHS_KEPT,
    MOST_A_DAY,
    NEWER_AT,
    OFFICE_ADDRESS,
    OFFICE_NAME,
    POOL,
    POP_UP,
    POP_UP_SOUND,
    REGION,
    SALE_TOLD,
    SALES_MUTED,
    SEARCH_LISTS,
    SECURITY,
    SMS_ACCOUNT,
    SMS_GATEWAY,
    SMS_OWN,
    SMS_SENDER,
    SMS_WITHOUT_PROJECT,
    TEXT_SIZE,
    THEME,
    THEMES_OFFERED,
    TIME_ZONE,
    VIPER,
    VIPER_ADDRESS,
    VIPER_CERTIFICATE,
    VIPER_EVERY,
    VIPER_USER,
    WATCH,
    YEARS_HELD,
)
from ui.areas import Block, Part, Topic
from ui.screen import Tab
from ui.shell import paper_topic, portal_topic, selling_topic, support_topic
from ui.shell.settings_words import OTHER_WORDS
from ui.shell.sync_tab import leads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.settings import Setting
    from ui.pages.page import Page
    from ui.session.session import Session
    from ui.setup.settings_rows import TopicPage
    from ui.shell.menu import Menu

BACKUPS = (BACKUP_EVERY, BACKUP_AT, BACKUP_KEPT, BACKUP_FOLDER, BACKUP_KEYS)
TAB, DIALING = "settings", "dialing."  # unsaid: names


def open_at(menu: Menu, at: str = "") -> None:
    """Come to Settings, to a topic or a setting of that name; it is opened if it is not there."""
    menu.window.go_to("setting" if at else TAB, at or None)


def tab_of(menu: Menu) -> Tab[Page]:
    """The tab, for whoever goes there from anywhere."""
    return Tab(TAB, N_("Settings"), "settings", partial(_build, menu), targets=("setting",), closable=True)


def _build(menu: Menu, _session: Session, parent: QWidget) -> Page:
    from ui.setup.settings_page import SettingsPage

    return SettingsPage(menu.chosen, partial(topics, menu), parent)


def topics(menu: Menu) -> list[Topic]:
    """What can be set, in its order; what areas bring comes last."""
    dialing = [setting for setting in ALL if setting.name.startswith(DIALING)]
    dialing += [POOL, COOL_DOWN, CALL_BACK_WAIT]
    return [
        Topic("workstation", _("This workstation"), "contact", partial(_workstation, menu),
              _parts("settings", (LANGUAGE, THEME, TEXT_SIZE, LEAVING, ALT_KEYS, SALES_MUTED))),
        Topic("office", _("The office"), "account", partial(_office, menu),
              _parts("settings", (OFFICE_NAME, OFFICE_ADDRESS, REGION, MAP_SERVICE, MAP_PATTERN, SALE_TOLD, LOCK_AFTER,
                                  LANGUAGES_OFFERED, THEMES_OFFERED, NEWER_AT))),
        _of_block(AREAS, menu, "columns"),
        Topic("calling", _("Calling"), "phone", partial(_calling, menu), _parts("dialing", dialing)),
        Topic("gate", _("Who may be called"), "cancel", partial(_gate, menu),
              [*_parts("gate", (MOST_A_DAY, LIST_GROWS_OLD)), _refusing()]),
        Topic("sms", _("SMS"), "email", partial(_sms, menu),
              _parts("sms", (SMS_GATEWAY, SMS_ACCOUNT, SMS_SENDER, SMS_WITHOUT_PROJECT, *SMS_OWN))),
        Topic("mail", _("E-mail"), "email", partial(_mail, menu), _parts("mail", MAIL)),
        Topic("watch", _("Watched folder"), "email", partial(_folder, menu), _parts("watch", WATCH)),
        *([Topic("viper", _("Viper"), "refresh", partial(_viper, menu), _of_viper())] if leads(menu.session) else []),
        Topic("reminders", _("Reminders"), "reminder", partial(_reminders, menu), _of_reminders()),
        Topic("calendar", _("Calendar"), "calendar", partial(_calendar, menu), _of_calendar()),
        _of_block(GOALS, menu, "figures"),
        Topic("scripts", _("Scripts and snippets"), "note", partial(_scripts, menu), _of_scripts()),
        paper_topic.topic(menu),
        Topic("projects", _("Projects"), "opportunity", partial(_projects, menu), _of_projects()),
        Topic("crm", _("CRM"), "settings", partial(_crm, menu), _of_crm()),
        selling_topic.topic(menu),
        support_topic.topic(menu),
        portal_topic.topic(menu),
        Topic("lists", _("Lists and fields"), "lookups", partial(_lists, menu)),
        Topic("operators", _("Operators and rights"), "operator", partial(_operators, menu),
              _parts("users", (SECURITY,))),
        Topic("files", _("Import and export"), "import", partial(_files, menu)),
        Topic("history", _("History"), "clock", partial(_history, menu), _of_history()),
        Topic("backup", _("Backup"), "save", partial(_backup, menu), _parts("backups", BACKUPS)),
        Topic("keys", _("Keys"), "help", partial(_keys, menu)),
        *(_of_block(block, menu, "settings") for block in menu.topics),
    ]  # fmt: skip


def _parts(name: str, settings: Sequence[Setting[object]]) -> list[Part]:
    return [
        Part(f"{name}.{one.name.rpartition('.')[2]}", one.label, _(OTHER_WORDS[one]) if one in OTHER_WORDS else "")
        for one in settings
    ]


def _areas(session: Session, parent: QWidget) -> QWidget:
    from ui.setup.areas_topic import AreasTopic

    return AreasTopic(session, parent)


def _goals(session: Session, parent: QWidget) -> QWidget:
    from ui.setup.goals_topic import GoalsTopic

    return GoalsTopic(session, parent)


AREAS, GOALS = Block("areas", "Areas", _areas), Block("goals", "Daily goals", _goals)


def _of_block(block: Block, menu: Menu, sign: str) -> Topic:
    def build(parent: QWidget) -> TopicPage:
        page = _page(block.title, menu, parent)
        page.add_whole(block.build(menu.session, page))
        page.close_up()
        return page

    return Topic(block.name, block.title, sign, build)


def _page(title: str, menu: Menu, parent: QWidget) -> TopicPage:
    from ui.setup.settings_rows import TopicPage

    return TopicPage(title, menu.chosen, parent)


def _workstation(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup import settings_general

    return settings_general.workstation(menu.chosen, parent)


def _office(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup import settings_general

    return settings_general.office(menu.chosen, parent)


def _calling(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.settings_calling import CallingTopic

    return CallingTopic(menu.chosen, parent)


def _scripts(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.scripts.page import ScriptsPage

    return ScriptsPage(menu.session, parent)


def _of_scripts() -> list[Part]:
    return [
        Part("script.names", _("Scripts"), _("call script telephone what to say placeholders")),
        Part("objection.names", _("Objections"), _("answers arguments library")),
        Part("snippet.names", _("Snippets"), _("text blocks shortcuts abbreviations")),
    ]


def _projects(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.selling.projects_page import ProjectsPage

    return ProjectsPage(menu.session, parent)


def _of_projects() -> list[Part]:
    return [Part("projects.names", _("Projects"), _("campaign members team CRM SMS"))]


def _crm(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.selling.page import CrmPage

    return CrmPage(menu.chosen, parent)


def _of_crm() -> list[Part]:
    return [
        Part("processes.names", _("Processes"), _("sales process stages status board pipeline")),
        *_parts("settings", (SEARCH_LISTS,)),
        *_parts("settings.privacy", (YEARS_HELD,)),
        Part("search_fields.grid", _("Fields to search by"), _("search list drop-down free text")),
        Part("fixed.grid", _("Fixed labels"), _("definition subject weight drop-down")),
    ]


def _reminders(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup import settings_reminders

    return settings_reminders.reminders(menu.chosen, parent)


def _of_reminders() -> list[Part]:
    return _parts("settings", (POP_UP, POP_UP_SOUND, MINUTES_BEFORE, DAY_BEGINS))


def _calendar(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.settings_calendar import CalendarTopic
    from ui.transfer import calendar_in

    return CalendarTopic(menu.chosen, parent, partial(calendar_in.choose, menu.session, menu.window))


def _of_calendar() -> list[Part]:
    said = _("iCalendar ics Outlook Google Apple Thunderbird subscribe feed events")
    take_in = Part("settings.take_in", _("From a calendar file"), _("iCalendar ics invitation event take in"))
    return [*_parts("settings", (HAND_OVER,)), Part("settings.feed_folder", FEED_FOLDER.label, said),
            take_in, *_parts("settings", (TIME_ZONE,))]  # fmt: skip


def _gate(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.who_may_be_called import GateTopic

    return GateTopic(menu.chosen, parent)


def _refusing() -> Part:
    said = _("opt-out unsubscribe STOP do not call register newsletter e-mail SMS phone number objection")
    return Part("gate.number", _("Who does not want to be called or written to"), said)


def _sms(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.sms_topic import SmsTopic

    return SmsTopic(menu.chosen, parent)


def _folder(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.folder_topic import FolderTopic

    return FolderTopic(menu.chosen, parent)


def _mail(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.mail_topic import MailTopic

    return MailTopic(menu.chosen, parent)


def _viper(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.viper.topic import ViperTopic

    return ViperTopic(menu.chosen, parent)


def _of_viper() -> list[Part]:
    said = _("sync synchronise connection site server program company url")
    return [
        Part("viper.address", VIPER_ADDRESS.label, said),
        *_parts("viper", (VIPER_USER, VIPER_CERTIFICATE)),
        Part("viper.test", _("Test the connection"), said),
        Part("viper.switch", VIPER.label, said),
        *_parts("viper", (VIPER_EVERY,)),
        Part("viper.people", _("Who stands for whom"), _("sync user office operator owner assigned to map")),
        Part("viper.stages", _("What the site calls the stages"), _("sync stage sales status map")),
        Part("sync.map", _("Which field goes which way"), _("fields map direction both ways sync")),
    ]


def _lists(menu: Menu, parent: QWidget) -> QWidget:
    page = _page(_("Lists and fields"), menu, parent)
    page.begin(_("What records hold"))
    _verb(page, menu, "lookups", _("The lists behind drop-downs"), _("The values, their order and which are offered."))
    _verb(page, menu, "fields", _("The fields of records"), _("What they are called, which are seen, and your own."))
    page.close_up()
    return page


def _operators(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.rights.page import RightsPage

    return RightsPage(menu.session, parent)


def _files(menu: Menu, parent: QWidget) -> QWidget:
    page = _page(_("Import and export"), menu, parent)
    page.begin(_("Import"))
    _verb(page, menu, "import", _("From a file"), _("CSV, Excel or vCard. You see every row before it is stored."))
    _verb(page, menu, "paste", _("From the clipboard"), _("Rows that were copied in a spreadsheet."))
    _verb(page, menu, "imports", _("Imports done"), _("Who imported what and when; each can be taken back."))
    page.begin(_("Export"))
    page.add_verb(
        "export", _("The list you came from"), _command(menu, "export"), partial(_export, menu),
        hint=_("Its rows as a CSV or Excel file. Every list has Export in its menu as well."),
    )  # fmt: skip
    page.close_up()
    return page


def _export(menu: Menu) -> None:
    menu.window.tabs.go_back()
    menu.run("export")


def _history(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.history_topic import HistoryTopic

    return HistoryTopic(menu.chosen, parent)


def _of_history() -> list[Part]:
    return [
        Part("audit.grid", _("Audit trail"), _("log who changed exported printed")),
        Part("removed.grid", _("Removed"), _("recycle bin trash deleted restore")),
        *_parts("settings", (MONTHS_KEPT, DOCUMENT_MOST, AUDIT_TRAIL)),
    ]


def _backup(menu: Menu, parent: QWidget) -> QWidget:
    from ui.transfer.backup_topic import BackupTopic

    return BackupTopic(menu.chosen, parent, partial(menu.run, "backup"))


def _keys(menu: Menu, parent: QWidget) -> QWidget:
    page = _page(_("Keys"), menu, parent)
    page.begin(_("The keyboard"))
    _verb(page, menu, "keys", _("The sheet of keys"), _("Every key, by where it works. Shift+F1 opens it anywhere."))
    page.add_verb("alt_keys_topic", ALT_KEYS.label, _("Choose…"), partial(open_at, menu, "settings.alt_keys"),
                  hint=_("For hands that know vtiger. They stand under This workstation."))  # fmt: skip
    page.close_up()
    return page


def _verb(page: TopicPage, menu: Menu, command: str, label: str, hint: str) -> None:
    """A row with a command of the menu."""
    page.add_verb(f"{command}_row", label, _command(menu, command), partial(menu.run, command), hint=hint)


def _command(menu: Menu, name: str) -> str:
    return next(command.label for command in menu.commands if command.name == name)
