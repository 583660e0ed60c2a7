# 教衡 Jiaoheng. `make demo` and `make test` need Python 3.11 or later, and nothing else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   ?= sihui

.PHONY: demo test lint bench bench-nation bench-forecast docs lock clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.base  ## build the example county, run everything, write the report
	$(BIN)/jiaoheng demo $(DEMO)

test: $(VENV)/.dev  ## every test that this machine can run
	$(BIN)/pytest -n auto --dist loadgroup

lint: $(VENV)/.dev  ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev  ## our time as a ratio to the peers'
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.importing
	$(BIN)/python -m benchmarks.plan_reading
	$(BIN)/python -m benchmarks.standards --schools 20000 --counties 300
	$(BIN)/python -m benchmarks.fitness

bench-nation: $(VENV)/.dev  ## 290 million pupils on DuckDB and Spark; needs Java, 6 GB of disk, ten minutes
	$(BIN)/python -m benchmarks.national

bench-forecast: $(VENV)/.dev  ## errors and intervals of the forecast on real series, beside simple methods
	$(BIN)/python -m benchmarks.forecast $(or $(SERIES),../shared/data/forecast)
	$(BIN)/python -m benchmarks.china $(or $(SERIES),../shared/data/forecast)
	$(BIN)/python -m benchmarks.simulation

docs: $(VENV)/.dev  ## the reference, made from the code and the data
	$(BIN)/python docs/build.py

lock: $(VENV)/.dev  ## pin the requirements anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --upgrade pyproject.toml requirements/build.in -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --upgrade pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist sihui out

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
