"""A report as an Excel workbook: contents, text, a sheet for every table, charts that stay editable.

`render` gives the bytes of the file. Numbers are numbers, unrounded, shown to the digits of their measure;
what is missing is said in words; sums and ratios that a reader would check are live formulas.
"""

from jiaoheng.reports.xlsx.book import render

__all__ = ["render"]
