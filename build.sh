#!/usr/bin/env bash
# The one entry point: ./build.sh demo|test|soak|cli|bench|model|pack. Each command does its own set-up.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

usage() {
  cat <<'TEXT'
usage: ./build.sh COMMAND

  demo    install the OCR libraries and PDF programs if they are missing, run the sample, show where to look
  test    install what the tests use if it is missing, build, run all tests; ends with "N passed, N failed"
  soak    the long forms of the tests: kill loops, faults at every system call, a million tokens, exhaustive bit flips, fuzzing
  cli     publish the command-line tool to artifacts/cli/medredact
  bench   run the benchmarks; arguments are passed on (./build.sh bench --list)
  model   train the tagger's model that ships, from made-up text; the same sources give the same bytes
  pack    make the NuGet packages in artifacts/packages
TEXT
}

# ── native libraries ─────────────────────────────────────────────────────────────────────────────
have_library() {
  ldconfig -p 2>/dev/null | grep -q "$1" || compgen -G "/opt/homebrew/lib/$2" >/dev/null || compgen -G "/usr/local/lib/$2" >/dev/null
}

have_language() {
  local folder
  for folder in "${TESSDATA_PREFIX:-/nonexistent}" /usr/share/tesseract-ocr/*/tessdata /usr/share/tesseract/tessdata /usr/share/tessdata \
    /opt/homebrew/share/tessdata /usr/local/share/tessdata; do
    [ -f "$folder/$1.traineddata" ] && return 0
  done
  return 1
}

missing_ocr() {
  have_library 'libtesseract\.so\.5' 'libtesseract*.dylib' || echo libtesseract5
  have_library 'lib\(lept\|leptonica\)\.so' 'liblept*.dylib' || echo liblept5
  have_language eng || echo tesseract-ocr-eng
  have_language spa || echo tesseract-ocr-spa
  have_language osd || echo tesseract-ocr-osd
}

missing_pdf() { command -v pdftoppm >/dev/null && command -v pdftotext >/dev/null && command -v pdfinfo >/dev/null || echo poppler-utils; }

have_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

missing_test_tools() {
  have_postgresql || echo postgresql
  command -v tesseract >/dev/null || echo tesseract-ocr
  command -v strace >/dev/null || echo strace
  command -v syslog-ng >/dev/null || [ -x /usr/sbin/syslog-ng ] || echo syslog-ng-core
  compgen -G "/usr/lib*/softhsm/libsofthsm2.so" >/dev/null || compgen -G "/usr/lib*/*/softhsm/libsofthsm2.so" >/dev/null || compgen -G "/opt/homebrew/lib/softhsm/libsofthsm2.so" >/dev/null || echo softhsm2
}

is_debian_root() { [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && command -v apt-get >/dev/null; }

install_or_tell() {
  local missing=("$@")
  [ ${#missing[@]} = 0 ] && return 0
  if is_debian_root; then
    echo "installing: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=300 update -qq
    apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    return 0
  fi
  cat >&2 <<TEXT
These are missing: ${missing[*]}
  Debian, Ubuntu:  sudo apt-get install -y --no-install-recommends ${missing[*]}
  Fedora:          sudo dnf install -y tesseract tesseract-langpack-eng tesseract-langpack-spa tesseract-osd leptonica poppler-utils strace postgresql-server
  macOS:           brew install tesseract tesseract-lang leptonica poppler postgresql@17
  Windows:         winget install UB-Mannheim.TesseractOCR   (choose Spanish and OSD among its data)
TEXT
  return 1
}

# Compiled ahead for this machine: a tool lives for seconds, and would spend most of them compiling itself.
publish_ahead() { dotnet publish "$1" -c Release -v q --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$2"; }

set_up_ocr() { local m; mapfile -t m < <(missing_ocr; missing_pdf); install_or_tell "${m[@]}"; }

# Without root a missing test tool is a named, counted skip in the tests; with CI=true the tests fail it.
set_up_tests() { local m; mapfile -t m < <(missing_ocr; missing_pdf; missing_test_tools); install_or_tell "${m[@]}" || [ "${CI:-}" != true ]; }

# ── commands ─────────────────────────────────────────────────────────────────────────────────────
run_tests() {
  local log status=0 total failed skipped
  log=$(mktemp)
  dotnet build MedRedact.sln -c Release -v q
  dotnet test --solution MedRedact.sln -c Release --no-build "$@" 2>&1 | tee "$log" || status=$?
  total=$(sed -nE 's/^ *total: *([0-9]+).*/\1/p' "$log" | tail -n 1)
  failed=$(sed -nE 's/^ *failed: *([0-9]+).*/\1/p' "$log" | tail -n 1)
  skipped=$(sed -nE 's/^ *skipped: *([0-9]+).*/\1/p' "$log" | tail -n 1)
  rm -f "$log"
  if [ -z "$total" ] || [ "$total" = 0 ]; then
    echo "no test ran"
    return 1
  fi
  echo "$((total - failed - skipped)) passed, $failed failed, $skipped skipped"
  return "$status"
}

case "${1:-}" in
  demo)
    set_up_ocr
    dotnet run -c Release --project samples/QuickStart -- "${@:2}"
    ;;
  test)
    set_up_tests
    run_tests "${@:2}"
    ;;
  soak)
    set_up_tests
    MEDREDACT_SOAK=1 run_tests "${@:2}"
    ;;
  cli)
    rm -rf artifacts/cli
    publish_ahead src/MedRedact.Cli artifacts/cli
    echo "artifacts/cli/medredact"
    ;;
  bench)
    set_up_ocr
    if [ "${2:-}" = bad-input ] || [ "${2:-}" = ocrmypdf ]; then
      command -v /usr/bin/time >/dev/null || install_or_tell time
      [ "$2" = bad-input ] || command -v ocrmypdf >/dev/null || install_or_tell ocrmypdf
      [ -x artifacts/cli/medredact ] || ./build.sh cli
    fi
    if [ "${2:-}" = start-up ]; then
      publish_ahead benchmarks/MedRedact.Benchmarks artifacts/bench
      set -- "$@" artifacts/bench/MedRedact.Benchmarks
    fi
    dotnet run -c Release --project benchmarks/MedRedact.Benchmarks -- "${@:2}"
    ;;
  model)
    dotnet run -c Release --project eng/MedRedact.ModelBuilder -- src/MedRedact.Core/Detection/Data/tagger.bin "${@:2}"
    ;;
  pack)
    dotnet pack MedRedact.sln -c Release -v q -p:ContinuousIntegrationBuild=true -o artifacts/packages
    ls artifacts/packages
    ;;
  *)
    usage
    [ -z "${1:-}" ] || exit 2
    ;;
esac
