"""``python -m dobby``: the same as the ``dobby`` command."""

from dobby.commands.cli import main

main()
