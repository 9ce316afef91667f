# Every command of the project. `make help` lists them; CONTRIBUTING.md says when to use which.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SWIFT       ?= swift
PYTHON      ?= python3
PORT        ?= 4566
DATABASE    ?= .pocketvault/vault.db
SEED        ?= seed/driftsentry.json

# A target may import only what Package.swift lists for it.
SWIFT_FLAGS := --explicit-target-dependency-import-check error

VENV        := .venv
PYTEST      := $(VENV)/bin/python -m pytest Tests/Conformance
REQUIREMENTS := Tests/Conformance/requirements.txt
OLDER_BOTO3 := Tests/Conformance/requirements-older-boto3.txt
MCP_SDK     := Tests/Conformance/requirements-mcp.txt

.PHONY: help setup setup-build setup-conformance setup-dist run build static debug test test-swift \
        conformance bad-input lint format sanitize faults fuzz benchmark profile screenshots dist-binary dist deb wheel \
        try-dist install clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## install what is missing for building and testing (needs root only when something is)
	@.ci/setup build test
	@$(MAKE) --no-print-directory $(VENV)/.made

setup-build:
	@.ci/setup build

setup-conformance: setup
	@.ci/setup clients
	@$(MAKE) --no-print-directory $(VENV)/.made-older-boto3 $(VENV)/.made-mcp

run: build  ## serve .pocketvault/vault.db with the demo vault on http://127.0.0.1:4566
	@exec .build/release/pocketvault serve --port $(PORT) --database $(DATABASE) --seed $(SEED)

build: setup-build  ## build the release binary, .build/release/pocketvault
	$(SWIFT) build -c release --product pocketvault $(SWIFT_FLAGS)

static: setup-build  ## build it with the Swift runtime inside, for machines without Swift
	options=$$(packaging/lean); mapfile -t lean <<<"$$options"; \
	$(SWIFT) build -c release --product pocketvault $(SWIFT_FLAGS) --scratch-path .build-static \
	  -Xlinker -s "$${lean[@]}"

debug: setup-build
	$(SWIFT) build $(SWIFT_FLAGS)

test: setup test-swift  ## Swift tests, command tests, AWS CLI and boto3 against the debug binary
	POCKETVAULT_BINARY=.build/debug/pocketvault $(PYTEST) -m 'not client and not crash'

test-swift: setup-build
	@.ci/setup test-swift
	$(SWIFT) test $(SWIFT_FLAGS)

conformance: setup-conformance build  ## every client against the release binary
	POCKETVAULT_BINARY=.build/release/pocketvault $(PYTEST)

bad-input: setup build  ## 2,500 bad requests to every operation, instead of the 400 of every run
	POCKETVAULT_BINARY=.build/release/pocketvault $(PYTEST) -s --bad-requests 2500 \
	  Tests/Conformance/test_bad_input.py

lint:  ## check the formatting of every Swift file
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format:  ## rewrite every Swift file in the house format
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

# CommandTests and HouseRulesTests start processes and read files, EvaluatorPropertyTests calls a
# pure function very often: the sanitizer has nothing to see.
sanitize: setup-build  ## the Swift tests under the thread sanitizer
	$(SWIFT) test --sanitize=thread --scratch-path .build-tsan \
	  --skip CommandTests --skip HouseRulesTests --skip EvaluatorPropertyTests

faults: setup build  ## a disk that fails at 200 moments in five ways, and 50 kills; minutes
	POCKETVAULT_BINARY=.build/release/pocketvault POCKETVAULT_DISK_FAULTS=200 POCKETVAULT_CRASH_ROUNDS=50 \
	  $(PYTEST) -s Tests/Conformance/test_disk_faults.py Tests/Conformance/test_crash.py

fuzz: setup-build  ## run the libFuzzer targets for a short while
	Tests/Fuzz/run.sh

# The binary of a release is measured; of the other only its size.
benchmark: static  ## measure beside the C limit program and rewrite docs/benchmarks.md
	packaging/binary
	Tests/Benchmarks/run

profile: setup-build  ## count anew what runs how often, by which the small binaries are compiled (gdb, wrk)
	packaging/profile

screenshots: setup-conformance build  ## take the pictures of the console for docs/ anew
	POCKETVAULT_BINARY=.build/release/pocketvault $(VENV)/bin/python Tests/Conformance/screenshots.py

setup-dist: setup-build
	@.ci/setup dist

dist-binary: setup-dist
	packaging/binary
	packaging/papers

dist: dist-binary  ## make the tarball: one binary that needs glibc 2.35 and nothing else
	packaging/dist

deb: dist-binary  ## make the Debian package, with a systemd unit, man pages and completions
	packaging/deb

wheel: dist-binary  ## make the wheel: the binary, and fixtures for pytest
	packaging/wheel

try-dist: dist deb wheel  ## try the three in chroots of bare systems (root, network)
	packaging/try

PREFIX ?= /usr/local
install: build  ## copy the binary to $(PREFIX)/bin
	install -D -m 0755 .build/release/pocketvault $(DESTDIR)$(PREFIX)/bin/pocketvault

clean:  ## remove everything that was built; .pocketvault (your secrets) stays
	rm -rf .build .build-* $(VENV) .pytest_cache
	find Tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Made once, and again when the pins change.
$(VENV)/.made: $(REQUIREMENTS)
	@echo "setup: making $(VENV) with the pinned clients of $(REQUIREMENTS)"
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $(REQUIREMENTS)
	@touch $@

# Beside the packages that the tests import, and before them only for the test that asks for it.
$(VENV)/.made-older-boto3: $(VENV)/.made $(OLDER_BOTO3)
	@rm -rf $(VENV)/older-boto3
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check \
	  --target $(VENV)/older-boto3 -r $(OLDER_BOTO3)
	@touch $@

# Beside the others too: it brings two dozen packages that nothing else needs.
$(VENV)/.made-mcp: $(VENV)/.made $(MCP_SDK)
	@rm -rf $(VENV)/mcp
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check \
	  --target $(VENV)/mcp -r $(MCP_SDK)
	@touch $@
