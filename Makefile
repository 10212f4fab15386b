# Two commands: `make demo` and `make test`. Each sets up all that it needs, in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/pip install --disable-pip-version-check -qq
# What is imported is compiled, and nothing else: two thirds of the disk otherwise.
COMPILE := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c 'import dobby.commands.demo, devices.virtual.house, anthropic'

.PHONY: demo test check bench lock clean

demo: $(VENV)/.demo
	@$(BIN)/dobby demo

test: $(VENV)/.dev
	@$(BIN)/python -m tests.peers
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright

bench: $(VENV)/.dev
	@for figure in store reflex webhook turn start pages model scan vision; do $(BIN)/python -m bench.$$figure; done

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Dobby needs Python 3.11 or newer; try: make PYTHON=python3.12 demo"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python cannot make a venv here; on Debian: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.demo: $(VENV)/.made pyproject.toml
	@echo "Installing Dobby and the virtual house (once, about two minutes) ..."
	@$(INSTALL) --no-compile -e '.[demo]'
	@$(COMPILE)
	@touch $@

$(VENV)/.dev: $(VENV)/.made pyproject.toml
	@echo "Installing Dobby and what its tests need (once, about two minutes) ..."
	@$(INSTALL) -e '.[dev]'
	@$(COMPILE)
	@touch $@ $(VENV)/.demo

# What is installed at home, by version and hash: for the image, and for whoever wants the very same.
lock: $(VENV)/.made
	@$(BIN)/python deploy/lock.py > requirements.new && mv requirements.new requirements.lock

clean:
	rm -rf $(VENV) .demo
