# Thin: the work is done by `hookledger up | down`, which the integration tests use too.

SWIFT ?= swift
RELEASE = -c release --static-swift-stdlib
HOOKLEDGER = .build/release/hookledger

.DEFAULT_GOAL := help
.PHONY: help deps build run up down test test-fast corpus check attack interleavings mutants powercut cluster cells lint fuzz bench bench-check chaos deb deb-test oci oci-test install docs pictures reconcile-demo sim scaling clean

help: ## list every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install what this machine lacks (apt-get; sudo unless root)
	@scripts/deps run test lint

build: ## build the release programs into .build/release
	@scripts/deps run
	@echo "Building the three programs; the first time this takes a few minutes."
	$(SWIFT) build $(RELEASE) --product hookledger-responder
	$(SWIFT) build $(RELEASE) --product hookledger-batch
	$(SWIFT) build $(RELEASE) --product hookledger

run: build ## start everything, send one signed order through it, show what happened, stay until Ctrl-C
	@exec $(HOOKLEDGER) up --foreground --demo

up: build ## start everything in the background; writes .run/env, a file to source
	@$(HOOKLEDGER) up

down: ## stop what `make up` started, and only that; the data stays in .run
	@if [ -x $(HOOKLEDGER) ]; then $(HOOKLEDGER) down; else echo "nothing to stop: not built"; fi

test: ## build and run all tests on real programs; FILTER=Name runs the suites or tests of that name
	@scripts/deps run test
	$(SWIFT) build --build-tests
	@SWIFT=$(SWIFT) scripts/test $(if $(FILTER),'$(FILTER)')

# No Postgres, nginx, browser or cron in these.
FAST = OutboundTests|CryptoTests|JSONTests|SetupTests|WebhooksTests|VerificationTests|ProvidersTests|SettingsTests|RulesTests|LogLinesTests|ResponderTests

test-fast: ## build and run the tests of the pure targets, in seconds
	@scripts/deps run
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter '^($(FAST))\.'

corpus: ## read every sample, then sign and send it through nginx, and hold what is kept against samples/expected
	@scripts/deps run test
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter 'CorpusTests|TopicMatrixTests'

lint: ## format, imports, forbidden words, scripts, nginx configuration, file lengths
	@scripts/deps run lint
	@scripts/lint

check: lint build ## lint and all tests, with the release programs, the whole load and more chaos
	@scripts/deps run test
	$(SWIFT) build --build-tests
	HOOKLEDGER_FULL=1 HOOKLEDGER_PROGRAMS=$(CURDIR)/.build/release SWIFT=$(SWIFT) scripts/test
	$(FUZZ) 20000 $(SEED)
	.build/release/FuzzSchemes cost

attack: ## replay what a stranger may try, against a stack of its own, and say what got through
	@scripts/deps run test
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --filter EndToEndTests.Attacks

interleavings: ## try every order of the steps of three sessions, with more pause points than the tests have: some minutes
	@scripts/deps run test
	$(SWIFT) build --build-tests
	INTERLEAVINGS=full $(SWIFT) test --skip-build --filter InterleavingTests

mutants: ## plant each fault of Tests/Mutants and see that the tests notice it; QUICK=1: those of SQL and a tenth of the others
	@scripts/deps run test
	$(SWIFT) build --build-tests
	@scripts/mutants $(MUTANTS)

powercut: ## cut the power 1,000 times under Postgres and the spool: nothing acknowledged is lost; QUICK=1: 20 times
	@scripts/deps run test powercut
	$(SWIFT) build --build-tests
	POWERCUTS=$(or $(CUTS),$(if $(QUICK),20,1000)) $(SWIFT) test --skip-build --filter PowerCutTests

FUZZ = $(SWIFT) build -c release --product FuzzSchemes && .build/release/FuzzSchemes

fuzz: ## put 1,000,000 forged deliveries before every scheme, about an hour; SEED=1 repeats a run
	$(FUZZ) 1000000 $(SEED)

bench: build ## measure beside Express, PHP, pgqueuer and a no-op; QUICK=1 only tries it, RECORD=1 writes docs/BENCHMARKS.md
	@scripts/deps bench
	$(SWIFT) build $(RELEASE) --product Bench
	@scripts/bench

bench-check: ## measure on an idle machine; fail if a ratio fell by more than 15 % against docs/BENCHMARKS.md
	@$(MAKE) --no-print-directory bench CHECK=1

reconcile-demo: ## simulate DAYS=30 days of three shops with faults (SEED=1; QUICK=1: 3 days): no order missing, no effect doubled
	@scripts/deps run test
	$(SWIFT) build --product ReconcileDemo
	$(SWIFT) build --product hookledger
	.build/debug/ReconcileDemo $(or $(DAYS),$(if $(QUICK),3,30)) $(or $(SEED),1)

sim: ## simulate SEEDS=100000 seeds with faults, from SEED=1 on; QUICK=1 ends after 45 s; PLANT=name plants a fault
	@scripts/deps run
	$(SWIFT) build $(RELEASE) --product hookledger-sim
	.build/release/hookledger-sim --seeds $(or $(SEEDS),100000) --seed $(or $(SEED),1) \
	    $(if $(QUICK),--seconds 45) $(if $(PLANT),--plant $(PLANT))

chaos: ## plant 1,000 faults under load, and hold every answer against what is stored; QUICK=1 takes a minute, SEED=1 repeats a list
	@scripts/deps run test
	$(SWIFT) build
	@scripts/chaos

cluster: ## kill and cut off the hosts of a Patroni cluster under load (KILLS=20): nothing acknowledged is lost; QUICK=1 takes a minute
	@scripts/deps run test cluster
	$(SWIFT) build
	@scripts/cluster

scaling: ## model how much several machines take, from docs/BENCHMARKS.md; RECORD=1 writes the tables of docs/scaling.md
	@scripts/deps run
	$(SWIFT) build $(RELEASE) --product Scaling
	.build/release/Scaling $(if $(RECORD),--record docs/scaling.md)

cells: ## measure and kill several databases behind a router under load, and add two (KILLS=100); QUICK=1: little of everything; ONLY=cost|hosts
	@scripts/deps run test cells $(if $(QUICK),,cluster)
	$(SWIFT) build
	@scripts/cells

deb: build ## make a Debian package in .build/deb, and check it
	@scripts/deps deb
	@scripts/deb

deb-test: deb ## install, set up, upgrade and remove the package on clean Debian 12 and 13; RECORD=1 writes docs/install.md
	@scripts/deps deb-test
	@scripts/deb-test .build/deb/hookledger_*.deb

oci: deb ## make an image for containers of the package, in .build/oci (docs/install.md, Containers); as root
	@scripts/deps oci
	@scripts/oci .build/deb/hookledger_*.deb

oci-test: oci ## run the services of packaging/oci/compose.yaml by buildah, an order through them; RECORD=1 writes docs/install.md
	@scripts/deps oci-test
	@scripts/oci-test .build/oci/hookledger_*.oci.tar

install: ## install into PREFIX (/usr) under DESTDIR: programs, systemd, cron, nginx, sql
	@scripts/install

docs: ## write again what is made of tables: docs/configuration.md, docs/log-events.md, packaging/monitoring
	$(SWIFT) build --product hookledger
	.build/debug/hookledger manual --pages docs --monitoring packaging/monitoring

pictures: ## take the pictures of docs/screenshots again
	@scripts/deps run test
	$(SWIFT) build --build-tests
	HOOKLEDGER_PICTURES=1 $(SWIFT) test --skip-build --filter PicturesTests
	@if command -v pngquant >/dev/null; then pngquant --force --ext .png docs/screenshots/*.png; fi

clean: ## remove what was built (the data in .run stays)
	$(SWIFT) package clean
