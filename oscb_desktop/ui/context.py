"""What every page and form is given."""

from __future__ import annotations

from dataclasses import dataclass

from oscb_desktop.paths import AppPaths
from oscb_desktop.ui.messages import Messages
from oscb_desktop.ui.navigation import Navigation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Context:
    """The open file, the way around the window, the one worker and the one voice."""

    operations: Operations
    navigation: Navigation
    tasks: Tasks
    messages: Messages
    paths: AppPaths
