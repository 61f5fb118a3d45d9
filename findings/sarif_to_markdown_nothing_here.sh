#!/usr/bin/env bash
# @security-alert/sarif-to-markdown 1.11.1: a result that says "error" is left out where its rule states no level: "Nothing here."
#
# Expected: the level of a result is its own `level`; a rule's defaultConfiguration is asked where the result has none, and may
# be left out itself (SARIF 2.1.0, 3.27.10).
#
# Seen: the result is found neither among the results nor among the suppressed ones, hasMessages is false, and the comment on
# a pull request says "Nothing here." With a level at the rule it is there. One that was suppressed is then listed twice.
#
# Where her2 meets it: `her2 check --format sarif` states the level of each result and, for such readers, of each rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" @security-alert/sarif-to-markdown@1.11.1
cat >show.cjs <<'EOF'
const assert = require("assert");
const { sarifToMarkdown } = require("@security-alert/sarif-to-markdown");
const convert = sarifToMarkdown({ title: "checks", owner: "o", repo: "r", branch: "main", sourceRoot: "" });
const seen = (rule) => {
  const location = { physicalLocation: { artifactLocation: { uri: "model.yaml" }, region: { startLine: 3 } } };
  const result = { ruleId: "cycle", level: "error", message: { text: "AKT needs itself" }, locations: [location] };
  const driver = { name: "checker", rules: [{ id: "cycle", ...rule }] };
  const [page] = convert({ version: "2.1.0", runs: [{ tool: { driver }, results: [result] }] });
  return [page.body.includes("AKT needs itself"), page.hasMessages];
};
const without = seen({});
const stated = seen({ defaultConfiguration: { level: "error" } });
console.log("sarif-to-markdown 1.11.1, in the page, has messages: without a level at the rule", without, "with one", stated);
assert.deepStrictEqual(stated, [true, true]);
assert.deepStrictEqual(without, [false, false], "the level of the result is asked for now");
EOF
node show.cjs
