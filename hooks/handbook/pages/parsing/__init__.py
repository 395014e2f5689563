"""From the bytes of a page to the model: rendered as the site does, each word with its line."""
