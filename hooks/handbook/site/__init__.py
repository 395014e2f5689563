"""What is published: search, navigation, redirects, notes, the offline copy, data and prints.

May import `views`, `versions`, `pages` and `base`.
"""
