"""What is written on a page: signs, words, characters, links."""
