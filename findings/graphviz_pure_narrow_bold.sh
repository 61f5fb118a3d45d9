#!/usr/bin/env bash
# graphviz-pure 0.2.2: a bold label gets a narrower box than a plain one
#
# Expected: `Helvetica Bold` is measured at least as wide as `Helvetica`, as it is drawn.
#
# Seen: there are no metrics for bold fonts given by name; those of Times are taken, with a warning on stderr, and the
# box of the bold label is 3 % narrower than that of the plain one, although the text is wider. An HTML label with <b>
# is measured as bold.
#
# Where her2 meets it: her2 measures its labels itself, in bold, and gives every box its size.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet graphviz-pure==0.2.2
cd "$folder"
venv/bin/python - <<'EOF'
import subprocess

text = """digraph { node [shape=box, margin=0, width=0, label="PROLIFERATION"];
plain [fontname="Helvetica"]; bold [fontname="Helvetica Bold"]; tag [fontname="Helvetica", label=<<b>PROLIFERATION</b>>]; }"""
done = subprocess.run(["venv/bin/graphviz-pure", "-Tplain"], input=text, capture_output=True, text=True, check=True)
width = {line.split()[1]: float(line.split()[4]) for line in done.stdout.splitlines() if line.startswith("node")}
print("graphviz-pure 0.2.2:", width, done.stderr.strip().splitlines()[:1])
assert width["bold"] < width["plain"] < width["tag"], "bold fonts are measured as such now"
EOF
