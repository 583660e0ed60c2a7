"""The cheapest way to pass: what to change in a county so that its schools and its coefficients pass.

``problem`` holds the county as arrays and ``costs`` what may be changed; ``least_cost`` and ``most_schools``
find the changes; ``check`` holds the rule against the changed county and knows nothing of the solver.
"""
