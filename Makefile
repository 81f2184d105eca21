# Antrean. `make help` lists what there is.

BIN := .venv/bin
# Named by content, so that a second run costs nothing and a changed list is never missed.
KEY := $(shell cat pyproject.toml requirements/*.txt cli/setup/environment.sh | sha256sum | cut -c1-16)
RUN := .venv/run-$(KEY)
TEST := .venv/test-$(KEY)
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --quiet
T ?= tests
WORKERS ?= 3
DAY ?=

# Where a container says not to keep bytecode, each of seven processes would compile all its imports anew: 2 s each.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run voice doctor test check lint format bench docs lock clean

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN) ## Start everything on this machine and print the pages' addresses
	@$(BIN)/antrean up

voice: $(RUN) ## Add a voice (eSpeak NG, GPL-3) for boards whose device has none
	@PYTHON=$(PYTHON) sh cli/setup/environment.sh voice

doctor: $(RUN) ## Say for each part whether it is healthy, and what to do
	@$(BIN)/antrean doctor

test: $(TEST) ## Run the tests (T=tests/unit runs a part, WORKERS=0 in one process, DAY=2027-03-13 on that day)
	@sh tests/setup.sh
	@$(if $(DAY),sh tests/another_day/run.sh "$(DAY)") $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(T)

check: lint test ## All that must pass: style, types, import rules, tests

lint: $(TEST) ## Style, types and import rules
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet || { echo "Run: make format"; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/mypy tests bench deploy
	@$(BIN)/lint-imports

format: $(TEST) ## Put the code into its form
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

bench: $(TEST) ## Measure what the documentation claims
	@$(BIN)/python -W ignore::DeprecationWarning -m bench

docs: $(TEST) ## Write the generated documents anew
	@$(BIN)/python -m contracts.documents

lock: $(RUN) ## Choose newest versions and write requirements/*.txt anew
	@$(LOCK) --upgrade requirements/uv.in -o requirements/uv.txt
	@$(LOCK) --upgrade pyproject.toml -o requirements/run.txt
	@$(LOCK) --upgrade requirements/voice.in -o requirements/voice.txt
	@$(LOCK) --upgrade pyproject.toml --extra test -c requirements/run.txt -o requirements/test.txt

clean: ## Remove .venv and all data of `make run`
	@test ! -e .antrean/lock || flock --nonblock .antrean/lock true || { echo "Antrean runs: end it first."; exit 1; }
	@rm -rf .venv .antrean .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Stamps of other lists go: their packages have just been replaced.
define install
	@PYTHON=$(PYTHON) sh cli/setup/environment.sh $(1)
	@find .venv -maxdepth 1 -name '*-????????????????' ! -name '*-$(KEY)' -delete
	@touch $@
endef

$(RUN):
	$(call install,run)

$(TEST):
	$(call install,test)
