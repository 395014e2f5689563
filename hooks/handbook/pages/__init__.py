"""What is authored: the model, its schema and the one parse; a problem as a value and as text.

May import `base`.
"""
