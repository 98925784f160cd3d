#!/usr/bin/env bash
# Renders examples/online-store for one environment and says how: through kustomize when it is on
# PATH or can be installed with Go, else through the command line.
#
#   examples/demo.sh [ENVIRONMENT]      (default: development; krm-fn must be on PATH)
set -euo pipefail
cd "$(dirname "$0")/.."
environment=${1:-development}
repository=examples/online-store
output=rendered/demo-$environment.yaml
mkdir -p rendered

# Exec functions of kustomize before 5.0 speak an older protocol.
recent() { [[ $("$1" version 2>/dev/null) =~ v([5-9]|[1-9][0-9])\.|devel ]]; }

kustomize=$(type -P kustomize || true)
if [ -z "$kustomize" ] || ! recent "$kustomize"; then
  kustomize=.tools/kustomize-5.8.1/kustomize
  if [ ! -x "$kustomize" ] && command -v go >/dev/null; then
    echo "installing kustomize 5.8.1 with go install …"
    tests/install-tools.sh 5.8.1 >/dev/null || true
  fi
fi

if [ -x "$kustomize" ]; then
  echo "rendering $environment through $kustomize"
  "$kustomize" build --enable-alpha-plugins --enable-exec "$repository/deploy/$environment" >"$output"
else
  echo "rendering $environment through the command line (neither kustomize nor Go is here)"
  krm-fn render "$repository" --environment "$environment" --output - >"$output"
fi

echo
grep -E '^kind: ' "$output" | sort | uniq -c | sort -rn
echo
echo "$(grep -cE '^kind: ' "$output") objects in $output"
