# make run                                            the assessment of cases/alingsas.yaml, and build/alingsas.pdf
# make run CASE=cases/eskilstuna-moa.yaml MEMO_LANG=en   of another case, in English
# make test | slow | lint | bench | clean
CASE ?= cases/alingsas.yaml
MEMO_LANG ?= sv

ASSESSOR = .venv/bin/assessor
PYTHON = .venv/bin/python
PDF = build/$(basename $(notdir $(CASE))).pdf

.PHONY: run test slow bench benchmark-law lint setup clean
.DEFAULT_GOAL := run

run: setup
	@$(ASSESSOR) assess "$(CASE)" --lang "$(MEMO_LANG)"
	@if [ -s .venv/missing-for-pdf ]; then \
		echo "No PDF: a system library is missing, see above."; \
	else \
		mkdir -p build && $(ASSESSOR) assess "$(CASE)" --lang "$(MEMO_LANG)" --format pdf -o "$(PDF)" && echo "$(PDF)"; \
	fi

test: setup
	$(PYTHON) -m pytest

slow: setup
	$(PYTHON) -m pytest -m slow

benchmark-law: setup
	@$(PYTHON) -m benchmarks.law --write && echo docs/benchmark-law.md

bench:
	@./bootstrap --bench
	$(PYTHON) -m benchmarks

lint: setup
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

setup:
	@./bootstrap

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
