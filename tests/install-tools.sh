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

folder="$PWD/.tools/crds"
if [ -f "$folder/httproutes.yaml" ]; then
  echo "custom resource definitions are there"
else
  mkdir -p "$folder"
  scratch=$(mktemp -d)
  (
    cd "$scratch"
    printf 'module crds\n' > go.mod
    gateway=$(go mod download -json sigs.k8s.io/gateway-api@v1.5.1 | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
    secrets=$(go mod download -json github.com/external-secrets/external-secrets@v0.17.0 | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')
    for kind in httproutes grpcroutes tlsroutes; do
      cp "$gateway/config/crd/experimental/gateway.networking.k8s.io_$kind.yaml" "$folder/$kind.yaml"
    done
    bases="$secrets/config/crds/bases"
    cp "$bases/external-secrets.io_externalsecrets.yaml" "$folder/externalsecrets.yaml"
    cp "$bases/generators.external-secrets.io_passwords.yaml" "$folder/passwords.yaml"
  )
  chmod -R u+w "$folder"
  rm -rf "$scratch"
  echo "custom resource definitions are installed"
fi
