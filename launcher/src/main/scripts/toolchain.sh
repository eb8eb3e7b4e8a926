# shellcheck shell=bash
# Sourced by ./run and ./test: finds the tools that they need, and installs the missing ones where
# it may (root on Debian or Ubuntu); elsewhere it names them.

java_command() { echo "${JAVA_HOME:+$JAVA_HOME/bin/}java"; }

# Usage: need_packages "what for" package…
need_packages() {
  local purpose=$1
  shift
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "$(basename "$0"): please install what $purpose needs: $*" >&2
    exit 1
  fi
  echo "installing $* (to $purpose) …" >&2
  local log
  log=$(mktemp)
  if ! { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
    --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "$(basename "$0"): could not install $*" >&2
    exit 1
  fi
  rm -f "$log"
}

need_java() {
  command -v "$(java_command)" >/dev/null || need_packages "run" openjdk-17-jdk-headless
}

need_build_tools() {
  local missing=()
  command -v "${JAVA_HOME:+$JAVA_HOME/bin/}javac" >/dev/null || missing+=(openjdk-17-jdk-headless)
  command -v mvn >/dev/null || missing+=(maven)
  [ ${#missing[@]} = 0 ] || need_packages "build" "${missing[@]}"
}

need_test_tools() {
  local missing=()
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  command -v chromium >/dev/null || missing+=(chromium)
  [ ${#missing[@]} = 0 ] || need_packages "test" "${missing[@]}"
}
