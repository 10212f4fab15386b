"""Ways of talking, one file each; all stand behind ``dobby.events.Channel``."""
