"""Where branches are, and who allowed to be known near one: never where anybody is."""
