"""Property tests run the same examples every time: a failure is the change's, not the day's.

To hunt for more: `pytest tests/unit --hypothesis-profile=hunt`.
"""

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True, max_examples=200)
settings.register_profile("hunt", deadline=None, max_examples=5000)
settings.load_profile("same")
