#!/bin/sh
# Installs what the tests of the hosts need into .tools/: kustomize in the versions they name, and
# the parts of Argo CD that a plugin meets (tests/go/argocd; about three minutes the first time), a
# registry, and the parts of Flux that an artifact meets (tests/go/flux; a minute and a half).
# Needs Go and its module proxy. What is there already is kept. With arguments, only kustomize is
# installed, in the versions that they name.
set -eu
cd "$(dirname "$0")/.."
for version in ${*:-5.0.3 5.4.3 5.8.1}; do
  folder="$PWD/.tools/kustomize-$version"
  if [ -x "$folder/kustomize" ]; then
    echo "kustomize $version is there"
    continue
  fi
  mkdir -p "$folder"
  GOBIN="$folder" go install "sigs.k8s.io/kustomize/kustomize/v5@v$version"
  echo "kustomize $version is installed"
done
[ $# -eq 0 ] || exit 0

folder="$PWD/.tools/argocd-host"
if [ "$folder/argocd-host" -nt tests/go/argocd/main.go ]; then
  echo "argocd-host is there"
else
  mkdir -p "$folder"
  (cd tests/go/argocd && go build -o "$folder/argocd-host" .)
  echo "argocd-host is installed"
fi

folder="$PWD/.tools/crane"
if [ -x "$folder/crane" ]; then
  echo "crane is there"
else
  mkdir -p "$folder"
  GOBIN="$folder" go install github.com/google/go-containerregistry/cmd/crane@v0.20.6
  echo "crane is installed"
fi

folder="$PWD/.tools/flux-host"
if [ "$folder/flux-host" -nt tests/go/flux/main.go ]; then
  echo "flux-host is there"
else
  mkdir -p "$folder"
  (cd tests/go/flux && go build -o "$folder/flux-host" .)
  echo "flux-host is installed"
fi

folder="$PWD/.tools/flux-definitions"
if [ -e "$folder/kustomize.toolkit.fluxcd.io_kustomizations.yaml" ]; then
  echo "Flux's definitions are there"
else
  mkdir -p "$folder"
  for module in source-controller kustomize-controller; do
    found=$(go mod download -json "github.com/fluxcd/$module@v1.9.6" | sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p')
    cp "$found"/config/crd/bases/*.yaml "$folder"
  done
  chmod -R u+w "$folder"
  echo "Flux's definitions are installed"
fi
