# shellcheck shell=bash
# Starts processes, looks at them in /proc and ends them. Sourced by bench/run and bench/soak.

started=()
work=$(mktemp -d "${TMPDIR:-/tmp}/elb-bench.XXXXXX")
# nginx started by root serves files as a user of its own.
chmod 755 "$work"
readonly work

trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# start LOG COMMAND... : runs it until the script ends; its pid is in $!.
start() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null &
  started+=("$!")
}

# Ends what was started, and what that has started (a build, say).
stop_all() {
  local pid family=()
  trap '' INT TERM HUP
  for pid in "${started[@]}"; do
    mapfile -t -O "${#family[@]}" family < <(tree "$pid")
  done
  for pid in "${family[@]}"; do
    kill "$pid" 2>/dev/null || true
  done
  for pid in "${started[@]}"; do
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}

# Runs a command to its end so that a signal to the script is not kept waiting; its output is in the given file.
run_client() {
  local out=$1 pid status=0
  shift
  "$@" >"$out" 2>&1 </dev/null &
  pid=$!
  started+=("$pid")
  wait "$pid" || status=$?
  unset 'started[-1]'
  return "$status"
}

is_listening() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

need_free_port() {
  ! is_listening "$1" || die "Port $1 of 127.0.0.1 is in use; choose others with PORT."
}

# await_port PORT PID NAME LOG
await_port() {
  local waited=0
  until is_listening "$1"; do
    if ! kill -0 "$2" 2>/dev/null; then
      cat "$4" >&2
      die "$3 ended before it listened on 127.0.0.1:$1."
    fi
    ((waited++ < 3000)) || die "$3 does not listen on 127.0.0.1:$1 after 300 s."
    sleep 0.1
  done
}

# The pid and those of all that descend from it.
tree() {
  local pid=$1 child
  echo "$pid"
  for child in $(children "$pid"); do
    tree "$child"
  done
}

children() {
  cat "/proc/$1/task/"*/children 2>/dev/null || true
}

# CPU that a process and what descends from it have used, in ticks of 1/$ticks_per_second s.
cpu_ticks() {
  local pid stat fields sum=0
  for pid in $(tree "$1"); do
    stat=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
    # The name, which may have blanks in it, ends with the last parenthesis.
    read -r -a fields <<<"${stat##*) }"
    ((sum += fields[11] + fields[12]))
  done
  echo "$sum"
}

# CPU that the whole machine has used, in ticks: all but idle and waiting for a disk.
machine_ticks() {
  local name user nice system idle iowait irq softirq steal _
  # shellcheck disable=SC2034
  read -r name user nice system idle iowait irq softirq steal _ </proc/stat
  echo $((user + nice + system + irq + softirq + steal))
}

# Resident memory of a process and what descends from it, in kB.
rss_kb() {
  local pid kb sum=0
  for pid in $(tree "$1"); do
    kb=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2>/dev/null) || continue
    ((sum += ${kb:-0}))
  done
  echo "$sum"
}

# shellcheck disable=SC2034 # bench/run divides by it.
ticks_per_second=$(getconf CLK_TCK)

machine() {
  local os cpu
  os=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release 2>/dev/null) || true
  cpu=$(awk -F': ' '/^model name/ && !seen++ { print $2 }' /proc/cpuinfo)
  echo "$(nproc) CPUs (${cpu:-unknown}), ${os:-Linux}, Linux $(uname -r)"
}
