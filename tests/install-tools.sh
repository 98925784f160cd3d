#!/bin/sh
# Installs what the tests of the hosts need into .tools/: kustomize in the versions they name, and
# the parts of Argo CD that a plugin meets (tests/go/argocd; about three minutes the first time).
# Needs Go and its module proxy. What is there already is kept.
set -eu
cd "$(dirname "$0")/.."
for version in 5.0.3 5.4.3 5.8.1; do
  folder="$PWD/.tools/kustomize-$version"
  if [ -x "$folder/kustomize" ]; then
    echo "kustomize $version is there"
    continue
  fi
  mkdir -p "$folder"
  GOBIN="$folder" go install "sigs.k8s.io/kustomize/kustomize/v5@v$version"
  echo "kustomize $version is installed"
done

folder="$PWD/.tools/argocd-host"
if [ "$folder/argocd-host" -nt tests/go/argocd/main.go ]; then
  echo "argocd-host is there"
else
  mkdir -p "$folder"
  (cd tests/go/argocd && go build -o "$folder/argocd-host" .)
  echo "argocd-host is installed"
fi
