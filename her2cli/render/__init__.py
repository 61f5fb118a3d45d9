"""What results look like. A look is a function from a result to a rich renderable, a table or a string."""
