"""What the services for people's data have that asks for no rights itself, as `test_rights.py` tells it apart."""

PURE = {
    "services.privacy.anonymising": "pseudonym",
    "services.privacy.circle": "key_in named",
    "services.privacy.holding": "until",
    "services.privacy.optouts": "numbers_of keys_in address_key emails_of",
    "services.privacy.personal": "people hanging chosen_of always offered usual",
    "services.privacy.requests": "due",
    "services.privacy.retention": "status_of aged before",
    "services.privacy.traces": "words telling",
    "transfer.exporting.person": "page data",
}
"""asks the store nothing"""

PARTS = {
    "services.privacy.age_order": "lay_down count",
    "services.privacy.circle": "around",
    "services.privacy.cleaning": "due",
    "services.privacy.holding": "reasons",
    "services.privacy.optouts": "keep_hashed",
    "services.privacy.personal": "erased",
    "services.privacy.traces": "settle_units fix_units take_out",
}
"""steps of services that have asked before"""
