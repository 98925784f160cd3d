# Bare `make` lists the targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SHARED := $(or $(KRM_FN_SHARED),../shared)
VECTORS ?= $(addprefix $(SHARED)/golden/,component project resource releases cel yaml) $(SHARED)/corpus

.DEFAULT_GOAL := help
.PHONY: help demo test lint types conformance bench check format docs image image-bench image-lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/krm-fn:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "krm-fn needs Python 3.11 or later: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .

$(VENV)/.dev: pyproject.toml | $(BIN)/krm-fn
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

demo: $(BIN)/krm-fn ## Render the example for one environment, through kustomize where possible
	@PATH="$(abspath $(BIN)):$$PATH" examples/demo.sh

test: $(VENV)/.dev ## Install what the tests need, kustomize included, and run all of them
	tests/install-tools.sh
	$(BIN)/pytest --numprocesses auto

lint: $(VENV)/.dev ## Check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev ## Rewrite the code in the house's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.dev ## Check types, strictly
	$(BIN)/mypy

conformance: $(VENV)/.dev ## Replay the vectors made by the real engine
	$(BIN)/python -m tests.conformance -v $(VECTORS)

bench: $(BIN)/krm-fn ## Measure rendering and start-up
	$(BIN)/python -m bench

image: $(BIN)/krm-fn ## Build the function image with podman, buildah or docker
	@PYTHON=$(BIN)/python image/build.sh

image-bench: image $(VENV)/.dev ## Measure the image: its size, and containers against exec functions
	@$(BIN)/python -m image.bench

image-lock: $(BIN)/krm-fn ## Lock anew what the image installs
	$(BIN)/python image/lock.py

docs: $(VENV)/.dev ## Write the pages that are made from code
	$(BIN)/python -m tests.house.pages

check: lint types test conformance ## Everything that a change has to pass

clean: ## Remove the virtual environment, installed tools and caches
	rm -rf $(VENV) .tools requirements/wheels .mypy_cache .pytest_cache .ruff_cache .hypothesis
