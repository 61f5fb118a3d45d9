#!/usr/bin/env bash
# mkdocs 1.6.1: `mkdocs build --strict --quiet` succeeds where `mkdocs build --strict` fails
#
# Expected: --strict makes the build fail at a warning, --quiet says less; together they fail without saying why.
#
# Seen: with a link to a page that is not there, --strict ends with "Aborted with 1 warnings in strict mode!" and exit
# code 1; with --quiet as well it writes the site and exits with 0. Warnings that are not shown are not counted.
#
# Where her2 meets it: a test builds her2's documentation strictly, and so without --quiet.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mkdocs==1.6.1
cd "$folder"
mkdir docs
echo 'site_name: a tool' >mkdocs.yml
echo 'See [the formats](formats.md).' >docs/index.md
codes=()
for quiet in "" --quiet; do
  code=0
  venv/bin/mkdocs build --strict $quiet >output 2>&1 || code=$?
  codes+=("$code")
  [ -n "$quiet" ] || grep "Aborted with 1 warnings in strict mode" output
done
echo "mkdocs 1.6.1: exit codes of --strict and of --strict --quiet: ${codes[*]}"
[ "${codes[*]}" = "1 0" ] || { echo "--quiet leaves --strict alone now"; exit 1; }
