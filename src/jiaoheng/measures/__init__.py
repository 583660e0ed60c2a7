"""Facts (columns counted from records) and measures (numerator over denominator), and how they roll up."""

from jiaoheng.measures.variation import coefficient_of_variation

__all__ = ["coefficient_of_variation"]
