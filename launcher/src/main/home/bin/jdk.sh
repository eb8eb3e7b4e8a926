# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by the scripts beside it: finds the java to run on, and its version.

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || {
  echo "drawbridge: no $java here: install a JDK 17 or later, or set JAVA_HOME" >&2
  exit 1
}

# From the JDK's release file, for asking java itself takes as long as starting it.
release=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")/release
if [ -r "$release" ]; then
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
else
  version=$("$java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
fi
if [ "${version:-0}" -lt 17 ]; then
  echo "drawbridge: $java is version ${version:-unknown}: 17 or later is needed; set JAVA_HOME" >&2
  exit 1
fi

# The classes of this server as this JDK has parsed them; see the script "archive".
archive=$home/lib/drawbridge-$version.jsa
