"""Writing: one frozen command and one short function for each thing a person does."""
