"""The tab Viper: how the sync stands, what waits, what disagrees, what is on one side only, and the report."""
