"""What a person types: the command line.

May import every other package.
"""
