"""Makes the helpers beside this file (`shared`, `small`) importable from every test folder."""
