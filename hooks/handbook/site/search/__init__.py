"""The search index, and what search must know about words."""
