"""A bureau's own Word template, filled with the figures of a year.

A template is an ordinary .docx in which tags stand for figures, tables and charts (docxtpl, Jinja). It is
foreign input: its tags can ask for what is named in `values`, and do nothing else (`sandbox`).

`fill` fills one, `tags` lists all tags with their present values, `starter` is
a template to begin with.
"""

from jiaoheng.reports.word_template.fill import WordTemplateError, fill
from jiaoheng.reports.word_template.listing import tags
from jiaoheng.reports.word_template.starter import starter
from jiaoheng.reports.word_template.values import Values

__all__ = ["Values", "WordTemplateError", "fill", "starter", "tags"]
