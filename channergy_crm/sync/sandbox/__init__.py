"""A Viper site to try the sync with: a real server with a store of its own."""
