"""Official per-school forms: cross tables of one school each, known by number, title or shape.

`finding` tells what forms a sheet holds, `sheets` reads them. Between them: `cross_table` finds tables by
their heads, `matching` their cells by the words of rows and columns, `fields` and `schools` whose they are,
`columns` and `records` make rows of census tables of them.
"""
