"""The tab Events: rules that make follow-ups, how the follow-ups stand, and who does what of them."""
