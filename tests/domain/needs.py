"""Which rights the services need that are not walked one by one in `test_every_right.py`."""

OTHERWISE = (
    "leads.restore tasks.reopen bulk_changes.restore_leads saving.start leads.create reading.latest_unit"
    " accounts.customer_of accounts.leads_of accounts.account_of accounts.start_contact accounts.save_customer"
    " accounts.make_for"
    " accounts.start_opportunity accounts.start_task conversion.matches duplicates.groups.not_the_same reminders.due"
    " absences.away absences.take_over office.is_empty transfer.importing.run.import_leads"
    " transfer.importing.run.rehearse transfer.importing.checking.check transfer.importing.first_look.look"
    " transfer.importing.presets.offered transfer.importing.presets.named transfer.importing.presets.keep"
    " imports.save_preset imports.delete_preset imports.presets imports.reject saving.undoable saving.redoable"
    " repeating.make_next due.day_begins due.come due.standing due.gather due.answer due.snooze_all due.prune"
    " retrying.numbers retrying.next_number call_log.write call_log.keep_recording queue.standings queue.due"
    " queue.claim queue.untaken queue.is_full calls_to.write call_lists.offered call_lists.limits_named call_lists.feed"
    " call_lists.count call_lists.keep"
    " gate.barred_many deals.asks deals.move board.read board.after board_cards.faces"
    " board_customers.read transfer.exporting.board.export_customers"
    " gate.put_on_register gate.refusal"
    " saving.size saving.undo_latest saving.redo_latest saving.reverse"
)
"""of the same kind as one above, or tested below by itself"""

FOR_ADMINISTRATORS = (
    "areas.switch custom_fields.add custom_fields.save custom_fields.reorder custom_fields.remove groups.create"
    " groups.rename groups.let_in groups.remove handing_over.plan handing_over.hand_over lookups.add lookups.save"
    " lookups.reorder lookups.alphabetical lookups.bring_back lookups.remove never_ordered.make_leads office.choose"
    " operators.add operators.save operators.remove operators.require_administrator roles.create roles.rename"
    " roles.remove roles.hide roles.let roles.let_do roles.give roles.make_usual roles.preview roles.missing"
    " roles.why security.switch_on security.switch_off signing_in.set_password signing_in.unlock"
    " signing_in.keep_recovery backups.choose_folder backups.encrypt backups.stop_encrypting backups.make"
    " backups.verify backups.preview backups.rows_now backups.restore calls.save_rule calls.reorder"
    " scripts.save scripts.remove scripts.reorder calling_hours.save calling_hours.remove calling_hours.keep"
    " register.take_off register.take_in register.require_list"
    " processes.add processes.save processes.remove processes.add_stage processes.save_stage processes.reorder"
    " processes.remove_stage projects.save projects.remove"
)

FOR_EVERYBODY = (
    "audit.why_not audit.trail audit.taken_out audit.log_paper backups.plan backups.write backups.listed"
    " following.follows following.waiting notes.people notes.why_not_mine timeline.subjects.of timeline.sources.pinned"
    " history.reversible pruning.prune removed.items removed.needed removed.restore bulk_changes.each_gets"
    " transfer.exporting.trail.export_trail"
    " absences.of absences.mark absences.end calls.dial calls.refused calls.results calls.tried"
    " calls.proposed_try calls.preview queue.renew queue.release calls.entries custom_fields.of"
    " custom_fields.find custom_fields.holders custom_fields.look groups.every figures.read figures.lists"
    " figures.whose_offered figures.condition figure_rows.read goals.today goals.of goals.every goals.may_set"
    " goals.save useful.groups useful.rows transfer.exporting.figures.export_figures gate.barred gate.note"
    " pauses.begin pauses.end pauses.between"
    " pipeline.read pipeline.count pipeline_deals.read pipeline_deals.whose_offered pipeline_rows.read"
    " pipeline_rows.rows transfer.exporting.pipeline.export_pipeline"
    " register.add register.find register.put register.sources calling_hours.every calling_hours.days_off"
    " calling_hours.proposed calling_hours.passed call_log.write_override"
    " call_log.write_dialed calls_to.tried calls_to.proposed_try callers.come_in callers.who"
    " groups.members groups.of_operator hand_lists.of hand_lists.put_on hand_lists.take_off hand_lists.holding"
    " processes.every processes.stages processes.offered processes.deals_in processes.weights processes.subjects"
    " board.whose_offered deals.reasons projects.every projects.offered projects.has_crm projects.members"
    " hand_lists.forget hand_lists.count imports.runs imports.run leads.zone_shown lookups.fields lookups.entries"
    " lookups.offered lookups.holders lookups.affected office.get office.whole operators.everybody operators.at_work"
    " preferences.of"
    " preferences.save rights.may rights.require roles.every roles.members roles.of_operator roles.record_types"
    " roles.matrix roles.hidden_fields roles.fields_offered roles.changed roles.is_administrator operators.owners"
    " bulk_changes.settable search_lists.fields editing.hold"
    " search_lists.why_not search_text.prepare search_text.waiting signing_in.sign_out signing_in.closed"
    " signing_in.stay signing_in.with_password signing_in.must_change signing_in.change signing_in.locked_out"
    " signing_in.history views.of_list views.named views.opening views.save views.remove"
    " filling.offered filling.problem filling.fill filling.values scripts.every scripts.every_objection"
    " scripts.for_list scripts.filled_script scripts.objections snippets.every snippets.known snippets.expand"
    " snippets.save snippets.remove team_notices.why_not team_notices.send team_notices.sale team_notices.take"
)
"""touches no records of the matrix, or is each one's own"""

ENTRANCE = {
    "services.rights": "is_secured",
    "services.security": "is_on recover code_in",
    "services.signing_in": "is_on sign_in still_in recovers require_proof note",
}
"""whoever comes there is nobody yet"""
