from engines import engine, engine_name

__all__ = ["engine", "engine_name"]
