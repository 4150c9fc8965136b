"""Who works in which window: the session that pages are given, its notices and its background work."""
