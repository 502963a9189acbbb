# shellcheck shell=bash
# Finds a JDK and Maven, or installs them with apt. Sourced by ./elb and ./test.

minimum_java=17

say() {
  printf '%s\n' "$*" >&2
}

die() {
  say "$*"
  exit 1
}

# The major version of the JDK in the given home, or 0 when it can't compile.
jdk_version() {
  local version
  [[ -x "$1/bin/java" && -x "$1/bin/javac" ]] || { echo 0; return; }
  version=$("$1/bin/javac" -version 2>&1) || { echo 0; return; }
  version=${version#javac }
  version=${version%%[.-]*}
  [[ $version =~ ^[0-9]+$ ]] && echo "$version" || echo 0
}

is_jdk() {
  (($(jdk_version "$1") >= minimum_java))
}

# Prints the home of a JDK: JAVA_HOME, the one on the path, or one of the system's.
find_jdk() {
  local home
  if [[ -n ${JAVA_HOME:-} ]]; then
    is_jdk "$JAVA_HOME" || die "JAVA_HOME=$JAVA_HOME is no JDK $minimum_java or later."
    echo "$JAVA_HOME"
    return
  fi
  if command -v javac >/dev/null; then
    home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    is_jdk "$home" && { echo "$home"; return; }
  fi
  for home in /usr/lib/jvm/*/; do
    is_jdk "${home%/}" && { echo "${home%/}"; return; }
  done
  return 1
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "This needs root or sudo: $*"
  fi
}

apt_update() {
  command -v apt-get >/dev/null || die "Please install: JDK $minimum_java or later, Maven 3.8.7 or later, curl."
  as_root apt-get update -qq
}

apt_install() {
  say "Installing $* ..."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

install_jdk() {
  apt_update
  if apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1; then
    apt_install openjdk-17-jdk-headless
  else
    apt_install default-jdk-headless
  fi
}

# Sets and exports JAVA_HOME, installing a JDK when the machine has none.
need_jdk() {
  local home
  if ! home=$(find_jdk); then
    [[ -z ${JAVA_HOME:-} ]] || exit 1
    install_jdk
    home=$(find_jdk) || die "No JDK $minimum_java or later was found, nor could one be installed."
  fi
  export JAVA_HOME=$home
}

need_maven() {
  command -v mvn >/dev/null && return
  apt_update
  apt_install maven
}

need_curl() {
  command -v curl >/dev/null && return
  apt_update
  apt_install curl
}
