"""Tables: models made of rows, and the view that shows them."""
