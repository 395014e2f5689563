"""What pages share: the other language, editions, redirects, the vocabulary."""
