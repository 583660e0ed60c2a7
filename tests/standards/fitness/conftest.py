from engines import engine, engine_name  # noqa: F401  fixtures of the tests here
