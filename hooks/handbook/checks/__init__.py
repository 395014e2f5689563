"""What is asked of the pages, and what a machine may fix: rules and fixes.

May import `site`, `views`, `versions`, `pages` and `base`.
"""
