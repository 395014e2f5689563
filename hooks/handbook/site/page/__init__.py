"""What is added to the body of a page, and said in place of what it has no longer."""
