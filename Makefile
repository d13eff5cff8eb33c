# The two commands are `make demo` and `make test`; everything else is for those who stay.
VENV   := .venv
PYTHON := $(VENV)/bin/python
STAMP  := $(VENV)/.installed

# Where it is set, each of the many commands the tests start compiles the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check bench format lock histories clean

help:           ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

setup: $(STAMP) ## make .venv with every package of requirements.lock

$(STAMP): requirements.lock pyproject.toml scripts/setup
	@scripts/setup $(VENV)
	@touch $@

demo: setup     ## play the sample year into its annual report
	@demo/run $(VENV)/bin/gongkai

serve: setup    ## run the embedded system on ./data until Ctrl-C
	@$(VENV)/bin/gongkai serve

test: setup     ## all tests, on real servers, both databases and a real browser
	@command -v chromium >/dev/null || scripts/debian chromium
	@$(PYTHON) -m pytest -n 4 --dist loadfile

check: setup    ## lint, format, strict types, direction of imports
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy .
	@$(VENV)/bin/lint-imports

bench: setup    ## what the speed is, against the plain cost of the same rows
	@$(PYTHON) -m bench
	@$(PYTHON) -m bench.report
	@$(PYTHON) -m bench.audit
	@$(PYTHON) -m bench.worklist
	@$(PYTHON) -m bench.pages

format: setup   ## put the code in order
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

histories: setup ## record the golden histories of this release anew
	@$(PYTHON) -m tests.replay.record

lock: setup     ## pin the newest allowed versions, without host names or paths
	@scripts/lock $(VENV)

clean:          ## remove what was built, never ./data
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
