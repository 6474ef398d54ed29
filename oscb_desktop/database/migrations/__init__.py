"""The migrations: raw statements only, so that they mean the same however the models change."""
