"""One page a place in the sidebar, and the page of one record."""
