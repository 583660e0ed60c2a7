"""The base of all errors that are the input's fault, not the program's.

It lives outside the rooms, so that every room may raise it. Each room derives its own classes, one per
cause. The message is Chinese and says where it happened, what is wrong and how to mend it; the command line
prints it and exits with status 2.
"""


class JiaohengError(Exception):
    """Bad input. The message, in Chinese, says where, what, and how to mend it."""
