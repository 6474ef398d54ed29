"""Paper: a document's data in, a tagged PDF out."""
