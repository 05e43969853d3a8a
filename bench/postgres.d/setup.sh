# Part of bench/postgres: what is measured against what. Everything started here is stopped by clean_up.

target_user=bench
database=bench
agent=deploy-agent
started=()
left_out=()
own_gateway=''
database_made=''

# Installs what is missing where that is possible; leaves out contenders that are not there, and says so.
install_tools() {
  local missing=() kept=() each
  command -v psql >/dev/null || missing+=(postgresql-client)
  # Debian's pgbench is in the server's package
  command -v pgbench >/dev/null || missing+=(postgresql)
  for each in "${contenders[@]}"; do
    [[ $each == pgbouncer || $each == haproxy ]] && ! program "$each" >/dev/null && missing+=("$each")
  done
  if ((${#missing[@]})) && [[ $(id -u) == 0 && -e /etc/debian_version ]]; then
    say "installing ${missing[*]}"
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
      >"$work/apt.log" 2>&1; then
      tail -n 5 "$work/apt.log" >&2
    fi
  fi
  if ! command -v psql >/dev/null || ! command -v pgbench >/dev/null; then
    fail "psql and pgbench are needed; run: sudo apt-get install ${missing[*]}"
  fi
  for each in "${contenders[@]}"; do
    if [[ $each == pgbouncer || $each == haproxy ]] && ! program "$each" >/dev/null; then
      say "$each is left out: it is not installed; run: sudo apt-get install $each"
      left_out+=("$each")
      continue
    fi
    kept+=("$each")
  done
  contenders=("${kept[@]}")
  ((${#contenders[@]})) || fail "no contender is left"
}

# Prints where a program is; Debian's daemons are not on everybody's PATH.
program() {
  PATH=$PATH:/usr/sbin:/usr/local/sbin command -v "$1"
}

countersign() {
  COUNTERSIGN_HOME=$home COUNTERSIGN_PORT_OFFSET=$offset "$root/countersign" "$@"
}

# What an earlier run left, which was killed before it could stop its gateway.
remove_leftovers() {
  if [[ -e $work/home/run/gateway.pid ]]; then
    say "stopping the gateway of an earlier run"
    COUNTERSIGN_HOME=$work/home "$root/countersign" stop >&2
  fi
  rm -rf "$work"
}

# One of its own is a complete demo: its target is what everybody is measured against. Even where only others are measured
# it runs, because a machine with it and one without would be two machines.
start_gateway() {
  if [[ $gateway == running ]]; then
    home=${COUNTERSIGN_HOME:-$root/.countersign} offset=${COUNTERSIGN_PORT_OFFSET:-0}
    countersign status >/dev/null || fail "no gateway answers in $home; start it with ./countersign demo --detach"
  else
    home=$work/home offset=${COUNTERSIGN_BENCH_PORT_OFFSET:-6200}
    say "starting a gateway in $home"
    own_gateway=yes
    # what the environment says of another installation is not for this one
    unset COUNTERSIGN_DB_URL COUNTERSIGN_OIDC_ISSUER COUNTERSIGN_BOOTSTRAP COUNTERSIGN_DEMO COUNTERSIGN_REQUIRE_TLS COUNTERSIGN_BIND
    countersign demo --detach >"$work/gateway.log" 2>&1 9>&- || {
      tail -n 25 "$work/gateway.log" >&2
      fail "the gateway did not start"
    }
  fi
  target_port=$((15433 + offset))
  target_home=$(echo "$home"/demo-target-*/)
  [[ -r ${target_home}superuser.password ]] || fail "no demo target in $home"
  target_pid=$(head -n 1 "${target_home}data/postmaster.pid")
  gateway_pids=("$(<"$home/run/gateway.pid")")
  # the gateway's own store works for it as well
  [[ -r $home/store/data/postmaster.pid ]] && gateway_pids+=("$(head -n 1 "$home/store/data/postmaster.pid")")
  return 0
}

as_superuser() {
  PGPASSWORD=$(<"${target_home}superuser.password") PGSSLMODE=disable \
    psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$target_port" -U postgres "$@"
}

# A database of pgbench's on the demo target, the account that every contender uses there, and the gateway's policy for it.
prepare_target() {
  say "filling the target, scale $scale"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "$password" >"$work/password"
  drop_database
  database_made=yes
  as_superuser -d postgres <<SQL
create role $target_user login password '$password';
grant set on parameter log_min_messages to $target_user;
create database $database owner $target_user;
SQL
  PGPASSWORD=$password pgbench -i -q -s "$scale" -h 127.0.0.1 -p "$target_port" -U "$target_user" "$database" \
    >"$work/fill.log" 2>&1 || fail "pgbench -i failed: $(tail -n 3 "$work/fill.log")"
  as_superuser -d "$database" -c checkpoint
  publish_policy
}

drop_database() {
  as_superuser -d postgres <<SQL
set client_min_messages = warning;
drop database if exists $database with (force);
select 'drop owned by $target_user' where exists (select from pg_roles where rolname = '$target_user') \gexec
drop role if exists $target_user;
SQL
}

# Proposed by one of the demo's administrators and confirmed by the other, as every change of policy is.
publish_policy() {
  local change
  cat >"$work/policy.yaml" <<YAML
apiVersion: countersign/v1
kind: Target
metadata: {name: $database, labels: {env: bench}}
spec:
  protocol: postgresql
  address: 127.0.0.1:$target_port
  database: $database
  tls: disable
  credential: {username: $target_user, secret: "file:$work/password"}
---
apiVersion: countersign/v1
kind: Role
metadata: {name: bench}
spec:
  holders: {clients: [$agent]}
  permissions:
    - targets: [$database]
      actions: [sql:select, sql:insert, sql:update]
      resources: ["public.pgbench_*"]
YAML
  change=$(TOKEN=$(countersign token --person dave) countersign apply -f "$work/policy.yaml" --reason "the benchmark measures it" --token-from env:TOKEN) ||
    fail "the policy was refused: $change"
  change=$(sed -n 's/^change \([0-9a-f-]*\) is proposed$/\1/p' <<<"$change")
  [[ -z $change ]] || TOKEN=$(countersign token --person erin) countersign confirm "$change" --token-from env:TOKEN >/dev/null
}

measured() {
  [[ " ${contenders[*]} " == *" $1 "* ]]
}

# Starts a program that stays in the foreground, and waits until its port answers.
start() {
  local name=$1 port=$2 tries=0
  shift 2
  if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    fail "port $port, meant for $name, is taken; another COUNTERSIGN_BENCH_PORT_OFFSET moves it"
  fi
  "$@" >"$work/$name.log" 2>&1 </dev/null &
  pid=$!
  started+=("$pid")
  until (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    if ! kill -0 "$pid" 2>/dev/null || ((++tries > 100)); then
      tail -n 5 "$work/$name.log" >&2
      fail "$name did not start"
    fi
    pause 0.1
  done
}

# Session pooling, as only that leaves a session its state; connections to the target are given back after a second, so
# that the next contender finds the target as this one did.
start_pgbouncer() {
  measured pgbouncer || return 0
  pgbouncer_port=$((16432 + offset))
  printf '"%s" "%s"\n' "$target_user" "$password" >"$work/users.txt"
  cat >"$work/pgbouncer.ini" <<INI
[databases]
$database = host=127.0.0.1 port=$target_port dbname=$database
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $pgbouncer_port
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $work/users.txt
pool_mode = session
max_client_conn = 1000
default_pool_size = 150
server_idle_timeout = 1
INI
  local unprivileged=()
  # it refuses to be root; in a user namespace without a mapping it is nobody
  [[ $(id -u) == 0 ]] && unprivileged=(unshare --user --)
  start pgbouncer "$pgbouncer_port" "${unprivileged[@]}" "$(program pgbouncer)" "$work/pgbouncer.ini"
  pgbouncer_pid=$pid
}

start_haproxy() {
  measured haproxy || return 0
  haproxy_port=$((16433 + offset))
  cat >"$work/haproxy.cfg" <<CFG
global
  maxconn 1000
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen $database
  bind 127.0.0.1:$haproxy_port
  server target 127.0.0.1:$target_port
CFG
  start haproxy "$haproxy_port" "$(program haproxy)" -db -f "$work/haproxy.cfg"
  haproxy_pid=$pid
}

# shellcheck disable=SC2317
clean_up() {
  local code=$? each
  trap - EXIT
  trap '' INT TERM
  set +e
  [[ -n ${running:-} ]] && kill "$running" 2>/dev/null
  [[ -n ${sampler:-} ]] && kill "$sampler" 2>/dev/null
  for each in "${started[@]}"; do kill "$each" 2>/dev/null; done
  [[ -n ${running:-}${sampler:-}${started[*]} ]] && wait ${running:-} ${sampler:-} "${started[@]}" 2>/dev/null
  if [[ -n $own_gateway ]]; then
    say "stopping the gateway"
    countersign stop >>"$work/gateway.log" 2>&1
  elif [[ -n $database_made ]]; then
    drop_database
  fi
  rm -f "$work/password" "$work/users.txt"
  exit "$code"
}
