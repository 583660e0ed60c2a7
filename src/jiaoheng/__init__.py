"""教衡 Jiaoheng: a county education plan, made computable."""
