"""What changed: translation and editions, each section compared with what was kept of it.

May import `pages` and `base`.
"""
