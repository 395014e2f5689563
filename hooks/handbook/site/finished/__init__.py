"""Pages as they are published: light, safe, past the gate; and the copy for a computer."""
