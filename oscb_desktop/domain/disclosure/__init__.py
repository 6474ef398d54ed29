"""What a child may be known by in a finished paper, and how it is found."""
