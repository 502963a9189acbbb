# shellcheck shell=bash
# The words of the command line, and the programs a benchmark needs. Sourced by bench/run and bench/soak.

# Prints the comment at the top of the given script.
usage() {
  sed -n '2,/^set -e/{/^set -e/d;s/^# \{0,1\}//;p}' "$1" >&2
  exit 2
}

# whole_numbers NAME VALUE...
whole_numbers() {
  while (($#)); do
    [[ $2 =~ ^[1-9][0-9]{0,8}$ ]] || die "$1: $2 (expected: a whole number from 1 to 999999999)"
    shift 2
  done
}

# need_tools INSTALL NAME... : programs that are Debian's packages of the same name, and a JDK and Maven. INSTALL is 1 when
# missing ones may be installed.
need_tools() {
  local install=$1 name missing=()
  shift
  for name in "$@"; do
    PATH=$PATH:/usr/sbin command -v "$name" >/dev/null || missing+=("$name")
  done
  command -v mvn >/dev/null || missing+=(maven)
  find_jdk >/dev/null || missing+=(default-jdk-headless)
  ((${#missing[@]})) || return 0
  if ((!install)); then
    die "Missing: ${missing[*]}. Install Debian's packages of these names, or say --install to have it done.
Debian starts nginx and haproxy as services when it installs them; the benchmark doesn't need these."
  fi
  apt_update
  apt_install "${missing[@]}"
}
