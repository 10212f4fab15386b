"""Ways of talking, one file each; all stand behind ``dobby.delivery.types.Channel``."""
