PYTHON = $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN = .venv/bin
ROOT = $(if $(filter 0,$(shell id -u)),,sudo -n)

# Every worker of the tests would otherwise compile them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run sample test quick lint bench guide chromium

help: ## Viser kommandoerne
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

run: sample ## Starter dashboardet; første gang hentes det, som det bruger
	@$(BIN)/streamlit run server.py --logger.hideWelcomeMessage true

sample: .venv/installed ## Bygger eksempeldata, hvis der intet er at vise
	@$(BIN)/python manage.py sample --if-missing

test: .venv/installed-dev chromium ## Kører alle prøver
	@$(BIN)/pytest -n auto --dist worksteal

quick: .venv/installed-dev ## Kører de hurtige prøver, uden browser
	@$(BIN)/pytest -n auto --dist worksteal -m 'not browser and not slow'

lint: .venv/installed-dev ## Efterser koden
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

bench: .venv/installed-dev chromium ## Måler, hvor hurtigt det går, og hvor tit en vurdering er falsk
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.disclosure_speed 10000
	@$(BIN)/python -m benchmarks.disclosure_risk 10000
	@$(BIN)/python -m benchmarks.verdicts
	@$(BIN)/python -m benchmarks.door

guide: .venv/installed-dev chromium ## Tager brugervejledningens billeder på ny
	@$(BIN)/python -m docs.guide

.venv/installed: requirements.txt
	@test -n '$(PYTHON)' || { echo 'Installér Python 3.11 eller nyere, og prøv igen.' >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo 'Installér pakken python3-venv, og prøv igen.' >&2; exit 1; }
	@echo 'Henter det, som dashboardet bruger. Det tager et minut eller to.'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# Debian has Chromium as a package; elsewhere Playwright brings its own.
chromium: .venv/installed-dev
	@command -v chromium >/dev/null \
		|| { $(ROOT) apt-get update -qq && $(ROOT) apt-get install -yqq --no-install-recommends chromium; } \
		|| $(BIN)/playwright install chromium \
		|| { echo 'Installér Chromium, eller kør de andre prøver med «make quick».' >&2; exit 1; }
