#!/usr/bin/env bash
# Builds the function image: image/build.sh [NAME:TAG [OPTION…]]      (make image)
#
# Downloads the locked wheels into requirements/wheels/ (kept for the next time) and builds with
# podman, else buildah, else docker, which get the options. KRM_FN_IMAGE_ARCH chooses another architecture than this one's.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
image=${1:-localhost/krm-fn:dev}
shift || true
base=${BASE_IMAGE:-docker.io/library/python:3.12-slim}
architecture=${KRM_FN_IMAGE_ARCH:-$(uname -m)}

wheels=requirements/wheels
stamp=$wheels/.locked
locked=$(cat requirements/image.txt requirements/image-build.txt <(echo "$architecture") | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$locked" ]; then
  rm -rf "$wheels"
  options=$("$python" image/lock.py --platform-options "$architecture")
  for list in image.txt image-build.txt; do
    # shellcheck disable=SC2086 # the options are words
    env -u PIP_FIND_LINKS "$python" -m pip download --quiet --require-hashes $options \
      --dest "$wheels" --requirement "requirements/$list"
  done
  echo "$locked" >"$stamp"
fi

version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' krm_fn/__init__.py)
arguments=(
  --tag "$image"
  --build-arg "BASE=$base"
  --build-arg "VERSION=$version"
  --build-arg "REVISION=${REVISION:-$(git rev-parse HEAD 2>/dev/null || echo unknown)}"
  --build-arg "SOURCE=${SOURCE:-$(git remote get-url origin 2>/dev/null || echo unknown)}"
)
# Times in the image come from the commit, so that equal sources give an equal image.
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
if type -P podman >/dev/null; then
  before=$(podman image inspect --format '{{.Id}}' "$image" 2>/dev/null || true)
  podman build --quiet --layers=false --isolation=chroot --pull=missing \
    --timestamp "$epoch" "${arguments[@]}" "$@" .
  # What had the name before has none now: away with it, unless something still uses it.
  after=$(podman image inspect --format '{{.Id}}' "$image")
  [ -z "$before" ] || [ "$before" = "$after" ] || podman image rm "$before" >/dev/null 2>&1 || true
  exit 0
elif type -P buildah >/dev/null; then
  exec buildah bud --quiet --layers=false --isolation=chroot --timestamp "$epoch" "${arguments[@]}" "$@" .
elif type -P docker >/dev/null; then
  SOURCE_DATE_EPOCH=$epoch exec docker build --quiet --network=none "${arguments[@]}" "$@" .
fi
echo "none of podman, buildah and docker is on the PATH" >&2
exit 1
