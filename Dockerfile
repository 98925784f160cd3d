# The function image: `make image`, or `docker build .` where a package index can be reached.
#
# With wheels in requirements/wheels/ (make image puts them there) the build needs no network.
# docs/reference/image.md says how to run it.
ARG BASE=docker.io/library/python:3.12-slim

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements /requirements
RUN if [ -d /requirements/wheels ]; then \
      printf '[global]\nno-index = true\nfind-links = /requirements/wheels\n' > /etc/pip.conf; \
    fi; \
    python3 -m venv /build \
 && /build/bin/pip install --require-hashes --only-binary :all: -r /requirements/image-build.txt \
 && python3 -m venv --without-pip /opt/krm-fn \
 && /build/bin/pip --python /opt/krm-fn/bin/python3 install \
      --no-compile --require-hashes --only-binary :all: -r /requirements/image.txt
COPY pyproject.toml README.md LICENSE /source/
COPY krm_fn /source/krm_fn
COPY image/sbom.py /source/sbom.py
# Compiled files go into one folder, the standard library's too: the base image has none. They are
# never checked against their sources, so they stay valid whatever the times of the files become in
# a layer, and nothing is written at run time.
ENV PYTHONPYCACHEPREFIX=/opt/krm-fn/compiled
RUN cd /source \
 && /build/bin/pip wheel --no-build-isolation --no-deps --wheel-dir /wheel . \
 && /build/bin/pip --python /opt/krm-fn/bin/python3 install --no-compile --no-deps --no-index \
      /wheel/*.whl \
 && /build/bin/pip --python /opt/krm-fn/bin/python3 check \
 && /opt/krm-fn/bin/python3 sbom.py /usr/share/sbom/krm-fn.cdx.json \
 && cd /opt/krm-fn \
 && find lib -depth -type d -name tests -path '*/site-packages/*' -exec rm -rf {} + \
 && find lib -name '*.pyi' -delete \
 && find bin -type f ! -name krm-fn -delete \
 && rm -rf "$PYTHONPYCACHEPREFIX" \
 && bin/python3 -m compileall -q --invalidation-mode unchecked-hash \
      -x '/(site-packages|dist-packages|test|tests|idlelib|tkinter|turtledemo|ensurepip|lib2to3|pydoc_data|config-[^/]*)/' \
      "$(bin/python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" \
 && bin/python3 -m compileall -q --invalidation-mode unchecked-hash lib \
 && chmod -R a+rX,go-w /opt/krm-fn /usr/share/sbom

FROM ${BASE}
ARG VERSION=unknown
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="krm-fn" \
      org.opencontainers.image.description="Render OpenChoreo from Git with no controller in the cluster" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/python:3.12-slim"
COPY --from=build /opt/krm-fn /opt/krm-fn
COPY --from=build /usr/share/sbom /usr/share/sbom
COPY plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
ENV PATH=/opt/krm-fn/bin:/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin \
    LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 PYTHONNOUSERSITE=1 \
    PYTHONPYCACHEPREFIX=/opt/krm-fn/compiled
WORKDIR /repo
USER 65534:65534
ENTRYPOINT ["krm-fn"]
