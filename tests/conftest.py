"""Makes the helpers beside this file (`shared`) importable from every test folder."""
