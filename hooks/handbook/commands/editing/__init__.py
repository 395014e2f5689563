"""Commands that do a whole step: each makes a `Plan` of the files as they should be.

`plan` is what all of them share; `duties`, `roles` and `terms` are functions from a plan and what
was typed to more of that plan; `carry_out` shows or writes it, all or nothing.
"""
