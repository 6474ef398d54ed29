"""The entry: a command where the first word names one, otherwise the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from oscb_desktop import cli


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command or the window and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if cli.is_command(words):
        return cli.run(words)
    options = cli.window_options(words)
    if cli.lacks_display():
        return cli.refuse_window()
    from oscb_desktop import application  # the window's libraries take their time

    return application.run(options.file, sample=options.sample, data=options.data)


if __name__ == "__main__":
    sys.exit(main())
