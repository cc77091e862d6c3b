#!/usr/bin/env bash
# Whether npm's path-to-regexp still makes of the generated patterns what is recorded; the tests replay the record.
set -euo pipefail
cd "$(dirname "$0")/../bff-tree/tests/oracle"

command -v node >/dev/null && command -v npm >/dev/null || {
    echo "left out: node and npm are not here; the tests replay path_to_regexp.jsonl"
    exit 0
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp generate.mjs package.json "$scratch"
(cd "$scratch" && npm install --silent --no-audit --no-fund && node generate.mjs >generated.jsonl)
diff -q "$scratch/generated.jsonl" path_to_regexp.jsonl
node -e '
  const lines = require("node:fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse);
  const pairs = lines.reduce((sum, line) => sum + (line.r ?? []).length, 0);
  console.log(`${lines.length} patterns, ${pairs} pairs with a path: as recorded`);
' path_to_regexp.jsonl
