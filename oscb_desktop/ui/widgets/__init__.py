"""Small controls that the pages and forms share."""
