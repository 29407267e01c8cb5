#!/bin/sh
# Makes the font of redaction labels: DejaVu Sans Condensed Bold (Debian: fonts-dejavu-extra), printable ASCII only, with its licence text in the name table.
# Needs fonttools (Debian: python3-fonttools). Run it again only to change the set of characters; the result is committed.
set -eu
source=${1:-/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed-Bold.ttf}
target=$(dirname "$0")/../src/MedRedact.Documents.Images/Labels/label-font.ttf
python=${PYTHON:-/usr/bin/python3}
"$python" -m fontTools.subset "$source" --unicodes=U+0020-007E --no-hinting --layout-features= --notdef-outline \
    --drop-tables+=GSUB,GPOS,GDEF,MATH,kern,FFTM --name-IDs=0,1,2,4,13 --no-recalc-timestamp --output-file="$target"
