"""Opens files of every kind that a bureau sends, within limits that no file can break.

The kind is told from the content (`kinds`), never from the extension alone. ``xlsx`` reads the current kind
of workbook in this process, after a survey of its parts (`package`, `survey`); ``binary`` reads the binary
kinds in a process of their own (`apart`); ``text`` reads CSV, ``markup`` the web pages and XML that are
called .xls.
The door to all of them is `jiaoheng.census.workbook.open_book`.
"""
