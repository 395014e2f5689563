"""Mends what can be mended without a doubt, and leaves the rest to people.

A mend may be as bold as it likes, because none stands unless the page, rendered as the site does,
still has the same words, links, code, ids and terms.
"""
