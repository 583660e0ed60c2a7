from example_county import sihui  # noqa: F401  a fixture of the tests here
