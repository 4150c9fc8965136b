"""The topics Projects and CRM of Settings: what belongs together, and the stages deals go through."""
