# The lines of one cell, a contender each.
$1 == workload && $2 == mode && $3 == clients {
  split("tps p50 p99 cpu target pgbench", names, " ")
  for (i = 1; i <= 6; i++) remember($4 SUBSEP names[i], $(4 + i))
  errors[$4] += $11
}

END {
  n = split(contenders, each, " ")
  for (i = 1; i <= n; i++) {
    c = each[i]
    tps = median(c SUBSEP "tps")
    printf "%-7s %-9s %3d %-12s %9s %8s %8s %8s %8s %8s %8s %8s %6d\n", workload, mode, clients, c, whole(tps),
      ratio(tps, median("direct" SUBSEP "tps")), ratio(tps, median("pgbouncer" SUBSEP "tps")),
      milliseconds(median(c SUBSEP "p50")), milliseconds(median(c SUBSEP "p99")), whole(median(c SUBSEP "cpu")),
      whole(median(c SUBSEP "target")), whole(median(c SUBSEP "pgbench")), errors[c]
  }
}
