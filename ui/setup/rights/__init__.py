"""Settings > Operators and rights: who works here, in which group, with which roles, and who signed in when."""
