"""Settings > Viper: the connection to the site, who stands for whom there, and which field goes which way."""
