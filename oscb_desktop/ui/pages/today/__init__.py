"""The page of *Today* and the blocks that it is made of."""
