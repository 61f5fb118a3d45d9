#!/usr/bin/env bash
# igraph 1.0.0: written to GML, attributes lose the underscores of their names
#
# Expected: an attribute comes back under the name that it was written under, or the writer refuses a name that GML
# cannot hold.
#
# Seen: `rate_up` is written as `rateup`, without a warning; `rate_up` and `rateup` would meet in one name. GML's keys
# are letters and digits, so the writer has to do something, but it is not told.
#
# Where her2 meets it: GML that came through igraph is read by her2 as any other: a column of that name is not there
# any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet igraph==1.0.0
cd "$folder"
venv/bin/python - <<'EOF'
import igraph

graph = igraph.Graph([(0, 1)], directed=True)
graph.vs["name"] = ["AKT", "MTORC1"]
graph.vs["rate_up"] = [0.5, 1.0]
graph.write_gml("written.gml")
back = igraph.Graph.Read_GML("written.gml").vs.attributes()
print("igraph", igraph.__version__, "attributes written: name, rate_up; read back:", back)
assert "rateup" in back and "rate_up" not in back, "igraph keeps the underscore now"
EOF
