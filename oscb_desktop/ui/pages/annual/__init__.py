"""The pages of the annual report: its chapters, its paper, breakdowns, what was counted."""
