"""How the Viper site is spoken to."""
