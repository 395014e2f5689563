"""Text (characters, scripts, words, one walker over HTML) and files (bytes, YAML, git, archives).

Imports nothing of the handbook.
"""
