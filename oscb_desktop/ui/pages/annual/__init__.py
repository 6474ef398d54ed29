"""The pages of the yearly report: its chapters, its paper, breakdowns, what was counted."""
