"""The site on a host: how it is served, and what makes a built site ready for that."""
