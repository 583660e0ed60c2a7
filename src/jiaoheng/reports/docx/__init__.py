"""Word files: the report, or one table, in the layout of Chinese official documents (GB/T 9704-2012).

`render` is all that others need. The page is in `page`, the faces and what stands in for them in `fonts`,
the styles in `styles`; `assembly` makes the sections, `headings` the numbers and the contents, `grids` and
`widths` the tables, `package` the file itself.
"""

from jiaoheng.reports.docx.render import render

__all__ = ["render"]
