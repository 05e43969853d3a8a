# Part of bench/postgres: one round, and what is printed of all of them.

ticks_a_second=$(getconf CLK_TCK)
token='' token_at=-1000
# seconds that a contender took to connect so many clients, rounded up; pgbench takes them off a round's length
declare -A connecting

# Waits without a process for it.
pause() {
  [[ -p $work/never ]] || mkfifo "$work/never"
  read -rt "$1" <>"$work/never" || true
}

# Adds up the CPU time of processes and their children, ended ones included, in clock ticks, into the variable "ticks".
add_ticks() {
  local process each children stat
  ticks=0
  for process in "$@"; do
    children=''
    { read -r children <"/proc/$process/task/$process/children"; } 2>/dev/null || true
    for each in "$process" $children; do
      { read -r stat <"/proc/$each/stat"; } 2>/dev/null || continue
      # the name in parentheses may contain anything; utime is the 12th field after it
      read -ra stat <<<"${stat##*) }"
      ((ticks += stat[11] + stat[12]))
      [[ $each != "$process" ]] || ((ticks += stat[13] + stat[14]))
    done
  done
}

# Twice a second: when, and the CPU time of the proxy, the target and pgbench until then.
sample() {
  local pgbench=$1 now proxy target
  shift
  while kill -0 "$pgbench" 2>/dev/null; do
    now=$EPOCHREALTIME
    add_ticks "$@"
    proxy=$ticks
    add_ticks "$target_pid"
    target=$ticks
    add_ticks "$pgbench"
    printf '%s %s %s %s\n' "$now" "$proxy" "$target" "$ticks"
    pause 0.5
  done
}

# Prepares what every connection needs: port, user, password and the processes between pgbench and the target.
route() {
  port=$target_port user=$target_user secret=$password processes=()
  case $1 in
    direct) ;;
    pgbouncer) port=$pgbouncer_port processes=("$pgbouncer_pid") ;;
    haproxy) port=$haproxy_port processes=("$haproxy_pid") ;;
    countersign)
      # tokens live for minutes: one serves several rounds
      if ((SECONDS - token_at > 120)); then
        token=$(countersign token --agent "$agent")
        token_at=$SECONDS
      fi
      port=$((15432 + offset)) user=$agent secret=$token processes=("${gateway_pids[@]}")
      ;;
  esac
}

# load CONTENDER WORKLOAD MODE CLIENTS SECONDS: runs pgbench; its output, log and CPU samples are in $work. Again with more time
# when connecting took all of it.
load() {
  local tries code
  for tries in 1 2 3; do
    code=0
    load_once "$1" "$2" "$3" "$4" $(($5 + ${connecting[$1 $4]:-0})) || code=$?
    ((code == 0)) || return "$code"
    connecting[$1 $4]=$(awk -v before="${connecting[$1 $4]:-0}" '
      /^initial connection time/ { known = int($5 / 1000 + 0.99) }
      END { print known == "" ? before + 5 : known }' "$work/pgbench.out")
    ! grep -q '^tps = ' "$work/pgbench.out" || return 0
  done
}

load_once() {
  local script=(-S) threads
  threads=$(nproc)
  ((threads <= $4)) || threads=$4
  route "$1"
  rm -f "$work"/transactions.*
  if [[ $2 == tpcb ]]; then
    script=(-b tpcb-like)
    # what pgbench itself would do first, did it run at the target
    as_superuser -d "$database" -c 'vacuum pgbench_branches' -c 'vacuum pgbench_tellers' -c 'truncate pgbench_history'
  fi
  PGPASSWORD=$secret PGSSLMODE=disable PGGSSENCMODE=disable pgbench -n "${script[@]}" -M "$3" -c "$4" -j "$threads" -T "$5" \
    -l --log-prefix="$work/transactions" -h 127.0.0.1 -p "$port" -U "$user" "$database" \
    >"$work/pgbench.out" 2>"$work/pgbench.err" </dev/null &
  running=$!
  sample "$running" "${processes[@]}" >"$work/samples" &
  sampler=$!
  local code=0
  wait "$running" || code=$?
  wait "$sampler" || true
  running='' sampler=''
  return "$code"
}

warm_up() {
  measured countersign || return 0
  say "warming up"
  for workload in "${workloads[@]}"; do
    for mode in "${modes[@]}"; do
      load countersign "$workload" "$mode" 16 "$warmup" || {
        cat "$work/pgbench.err" >&2
        fail "Countersign does not serve pgbench's $workload in $mode mode"
      }
    done
  done
}

# measure CONTENDER WORKLOAD MODE CLIENTS: one round; a line in the results.
measure() {
  local code=0 errors latencies
  say "$2 $3, $4 clients, $1"
  [[ -z $profile ]] || start_recording
  load "$@" "$seconds" || code=$?
  [[ -z $profile ]] || stop_recording "$2-$3-$4"
  errors=$(sed -n 's/^number of failed transactions: \([0-9]*\).*/\1/p' "$work/pgbench.out")
  ((errors = ${errors:-0} + $(grep -c 'aborted in command' "$work/pgbench.err" || true))) || true
  local throughput
  throughput=$(sed -n 's/^tps = \([0-9.]*\).*/\1/p' "$work/pgbench.out")
  if ((code != 0)) || [[ -z $throughput ]]; then
    head -n 5 "$work/pgbench.err" >&2
    cat "$work/pgbench.out" "$work/pgbench.err" >"$work/failed-$2-$3-$4-$1.log"
    printf '%s\t%s\t%s\t%s\tfailed\t-\t-\t-\t-\t-\t%s\n' "$2" "$3" "$4" "$1" "$errors" >>"$results"
    return 0
  fi
  latencies=$(awk '$3 ~ /^[0-9]+$/ { print $3 }' "$work"/transactions.* | sort -n | awk '
    { at[NR] = $1 }
    END { printf "%d\t%d", at[int((NR - 1) * 0.5) + 1], at[int((NR - 1) * 0.99) + 1] }')
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$2" "$3" "$4" "$1" "$throughput" "$latencies" \
    "$(awk -v ticks="$ticks_a_second" -f "$parts/cpu.awk" "$work/samples" "$work"/transactions.*)" "$errors" >>"$results"
}

print_head() {
  printf '%-7s %-9s %3s %-12s %9s %8s %8s %8s %8s %8s %8s %8s %6s\n' \
    LOAD MODE CL CONTENDER TPS /DIRECT /BOUNCER 'P50 ms' 'P99 ms' 'CPU µs' TARGET PGBENCH ERRORS
}

print_cell() {
  awk -F '\t' -v workload="$1" -v mode="$2" -v clients="$3" -v contenders="${contenders[*]}" \
    -f "$parts/median.awk" -f "$parts/cell.awk" "$results"
}

# The machine and the results as Markdown.
report() {
  local disk
  disk=$(df --output=source,fstype "$home" | tail -n 1 | tr -s ' ')
  printf '%s · %s\n\n' "$(date -u +%F)" "$(machine) · disk $disk"
  printf 'pgbench scale %s, medians of %s rounds of %s s; target PostgreSQL %s with fsync; every connection by TCP on loopback, without TLS.\n' \
    "$scale" "$rounds" "$seconds" "$(as_superuser -d postgres -At -c 'show server_version')"
  printf '%s\n\n' "$(versions)"
  ((${#left_out[@]} == 0)) || printf 'Not installed and left out: %s.\n\n' "${left_out[*]}"
  awk -F '\t' -v contenders="${contenders[*]}" -f "$parts/median.awk" -f "$parts/report.awk" "$results"
}

machine() {
  printf '%s, %s cores, %s GB · Linux %s' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
    "$(awk '/^MemTotal/ { printf "%d", $2 / 1048576 + 0.5 }' /proc/meminfo)" "$(uname -r)"
}

versions() {
  printf '%s · JDK %s' "$(pgbench --version)" \
    "$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")"
  measured pgbouncer && printf ' · %s (session pooling)' "$("$(program pgbouncer)" --version | head -n 1)"
  measured haproxy && printf ' · %s (tcp)' "$("$(program haproxy)" -v | head -n 1 | cut -d ' ' -f 1-3)"
  measured countersign && printf ' · Countersign %s, recording on' "$(git -C "$root" describe --always --dirty 2>/dev/null || echo 'of no repository')"
  return 0
}

# Replaces what is between the two marks of the page.
write_document() {
  grep -q '^<!-- bench postgres: begin -->$' "$document" && grep -q '^<!-- bench postgres: end -->$' "$document" ||
    fail "$document has no place for the result"
  awk -v report="$work/report.md" '
    /^<!-- bench postgres: end -->$/ { inside = 0 }
    !inside { print }
    /^<!-- bench postgres: begin -->$/ { inside = 1; while ((getline line < report) > 0) print line }
  ' "$document" >"$work/document.md"
  cat "$work/document.md" >"$document"
}

# Every journal commit is of interest, not only those over JFR's threshold; CPU-time samples are there from JDK 25 on.
start_recording() {
  local more=('jdk.FileForce#threshold=0ns' 'jdk.FileWrite#threshold=0ns' 'jdk.JavaMonitorEnter#threshold=100us')
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$JAVA_HOME/release")
  ((version < 25)) || more+=('jdk.CPUTimeSample#enabled=true' 'jdk.CPUTimeSample#throttle=5ms')
  "$JAVA_HOME/bin/jcmd" "${gateway_pids[0]}" JFR.start name=bench settings=profile "${more[@]}" >"$work/jfr.log" ||
    fail "no JFR recording of the gateway: $(cat "$work/jfr.log")"
}

# The recording of one cell, and a summary of it beside it and on standard output.
stop_recording() {
  local recording=$work/$1.jfr
  "$JAVA_HOME/bin/jcmd" "${gateway_pids[0]}" JFR.stop name=bench filename="$recording" >>"$work/jfr.log" ||
    fail "the JFR recording was not written: $(cat "$work/jfr.log")"
  "$JAVA_HOME/bin/java" -Xmx512m "$parts/Profile.java" "$recording" | tee "$work/$1.profile.txt"
}
