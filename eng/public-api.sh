#!/usr/bin/env bash
# Writes PublicAPI.Unshipped.txt of every package anew from what the analyzer reports; a reviewer reads the diff.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for project in "${@:-src/*/*.csproj}"; do
  for csproj in $project; do
    folder=$(dirname "$csproj")
    printf '#nullable enable\n' > "$folder/PublicAPI.Shipped.txt"
    printf '#nullable enable\n' > "$folder/PublicAPI.Unshipped.txt"
    dotnet build "$csproj" -c Release -v q -p:TreatWarningsAsErrors=false --no-incremental 2>/dev/null \
      | sed -nE "s/.*(warning|error) RS0016: Symbol '(.*)' is not part of the declared public API.*/\2/p" | LC_ALL=C sort -u >> "$folder/PublicAPI.Unshipped.txt" || true
    echo "$(wc -l < "$folder/PublicAPI.Unshipped.txt") $folder"
  done
done
