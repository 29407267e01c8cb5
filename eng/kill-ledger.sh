#!/usr/bin/env bash
# Kills a writer of the audit ledger N times at random moments under load (8 producers, with a checkpoint store and a witness), opens and verifies the ledger after each,
# and holds it to every receipt that was printed before: ./eng/kill-ledger.sh [N] [SEED]. Prints kills, acknowledged, lost (must be 0), unopened (must be 0).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
host=tests/MedRedact.Audit.Tests/bin/Release/net10.0/MedRedact.Audit.Tests
[ -x "$host" ] || dotnet build tests/MedRedact.Audit.Tests -c Release -v q
MEDREDACT_KILL_LEDGER="${1:-1000}|${2:-$RANDOM}" exec "$host"
