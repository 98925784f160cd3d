#!/usr/bin/env bash
# Installs the hosts that the tests run: kustomize 5.4.3 and 5.8.1 into .tools/kustomize-VERSION/,
# and kpt, taken from PATH or the package manager. Prints what each one is; fails if one is missing.
#
#   tests/install-tools.sh [kustomize-5.4.3 | kustomize-5.8.1 | kpt]…     (default: all)
set -euo pipefail
cd "$(dirname "$0")/.."
tools="$PWD/.tools"

kustomize() {
  local version=$1 directory="$tools/kustomize-$1"
  if [ ! -x "$directory/kustomize" ]; then
    command -v go >/dev/null || { echo "kustomize $version: needs Go (https://go.dev/dl)" >&2; return 1; }
    mkdir -p "$directory"
    GOFLAGS="" GOBIN="$directory" go install "sigs.k8s.io/kustomize/kustomize/v5@v$version" >&2 || return 1
  fi
  echo "kustomize $version: $directory/kustomize"
}

kpt() {
  if ! type -P kpt >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y google-cloud-cli-kpt >&2 || true
  fi
  local path
  path=$(type -P kpt) || { echo "kpt: not on PATH (https://kpt.dev/installation)" >&2; return 1; }
  echo "kpt $(command kpt version): $path"
}

failed=0
for tool in "${@:-kustomize-5.4.3 kustomize-5.8.1 kpt}"; do
  for name in $tool; do
    case $name in
      kustomize-*) kustomize "${name#kustomize-}" || failed=1 ;;
      kpt) kpt || failed=1 ;;
      *) echo "unknown tool: $name" >&2; exit 2 ;;
    esac
  done
done
exit $failed
