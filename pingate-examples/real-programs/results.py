"""Lines of result."""

import contextlib


@contextlib.contextmanager
def check(what):
    """Runs one named check; what it raises is why it failed. It may add figures to what is told."""
    figures = []
    try:
        yield figures
        print(" ".join([f"PASS {what}", *map(str, figures)]), flush=True)
    except Exception as problem:
        print(f"FAIL {what}: {type(problem).__name__} {str(problem).splitlines()[:1]}", flush=True)
