"""``python -m dobby``: the same as the ``dobby`` command."""

from dobby.cli import main

main()
