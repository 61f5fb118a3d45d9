#!/usr/bin/env bash
# sarif-junit 1.1.4: a result that takes its level from its rule is a test that passed, whatever the level is
#
# Expected: in SARIF 2.1.0 `level` may be left out (3.27.10): it is then that of the rule's defaultConfiguration, and
# "warning" where this is silent, too. Such results fail as those do that say "error" or "warning" themselves. A result
# whose suppression was accepted does not fail.
#
# Seen: without a `level` a result is a passed test, an error as well as a warning. One that is suppressed fails. A result
# without a location, which SARIF allows, raises a TypeError.
#
# Where her2 meets it: `her2 check --format sarif` states the level of each result, and leaves out what was accepted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" sarif-junit@1.1.4
cat >in.sarif <<'EOF'
{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "checker", "rules": [
  {"id": "cycle", "defaultConfiguration": {"level": "error"}}, {"id": "unused"}]}},
 "results": [
  {"ruleId": "cycle", "message": {"text": "error by its rule"},
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.yaml"}, "region": {"startLine": 3}}}]},
  {"ruleId": "unused", "message": {"text": "warning by default"},
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.yaml"}, "region": {"startLine": 4}}}]},
  {"ruleId": "cycle", "level": "error", "message": {"text": "suppressed"}, "suppressions": [{"kind": "external", "status": "accepted"}],
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.yaml"}, "region": {"startLine": 5}}}]},
  {"ruleId": "cycle", "level": "error", "message": {"text": "error by itself"},
   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.yaml"}, "region": {"startLine": 6}}}]}]}]}
EOF
node_modules/.bin/sarif-junit -i in.sarif -o out.xml >said
python3 - <<'EOF'
from xml.etree import ElementTree

failed = {case.get("name"): case.find("failure") is not None for case in ElementTree.parse("out.xml").iter("testcase")}
print("sarif-junit 1.1.4, failed or not:", failed)
assert len(failed) == 4 and failed["Ln 6 error by itself"]
assert not failed["error by its rule"] and not failed["warning by default"], "the levels of rules are asked for now"
assert failed["Ln 5 suppressed"], "suppressions are respected now"
EOF
