"""What importing has that asks for no rights itself, as `test_rights.py` tells it apart."""

PURE = {
    "transfer.importing.beginnings": "always",
    "transfer.importing.links": "links_of carried speakers",
    "transfer.importing.rough": "is_rough",
    "transfer.importing.mapping": "match takes_more in_order titled targets target by_contents",
    "transfer.importing.leftovers": "put_behind said column noted_in",
    "transfer.importing.mending": "checked with_zero meant",
    "transfer.importing.optouts": "asks concerns is_about_mail is_plain looks_like_one meaning noted of_sms refused",
    "transfer.importing.programs": "table speaking columns",
    "transfer.importing.spelling": "written_twice",
    "transfer.importing.matching": "rule_for brought",
    "transfer.importing.numbering": "vote vote_by_most",
    "transfer.importing.plan": "importable propose",
    "transfer.importing.presets": "built_in",
    "transfer.importing.needs": "needed lacking default_problem",
    "transfer.importing.outcome": "write_rows",
}
