"""The Customer Portal: how a contact enters, and the one door to what they see and do there (VT-104, VT-177)."""
