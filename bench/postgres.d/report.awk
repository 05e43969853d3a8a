# All results as three Markdown tables; a row for each workload, mode and number of clients.
{
  row = $1 SUBSEP $2 SUBSEP $3
  if (!(row in seen)) { seen[row] = 1; rows[++total] = row }
  split("tps p50 p99 cpu target pgbench", names, " ")
  for (i = 1; i <= 6; i++) remember(row SUBSEP $4 SUBSEP names[i], $(4 + i))
  errors[$4] += $11
}

function title(contender) {
  return contender == "direct" ? "direct" : contender == "pgbouncer" ? "PgBouncer" : contender == "haproxy" ? "HAProxy" : "Countersign"
}

function at(row, contender, name) {
  return median(row SUBSEP contender SUBSEP name)
}

function begin(row, key) {
  split(row, key, SUBSEP)
  printf "| %s | %s | %d |", key[1] == "tpcb" ? "TPC-B" : "select", key[2], key[3]
}

function head(text, columns, i) {
  printf "| workload | mode | clients |%s\n|---|---|--:|", text
  for (i = 0; i < columns; i++) printf "--:|"
  print ""
}

function added(row, contender, name, value, base) {
  value = at(row, contender, name)
  base = at(row, "direct", name)
  return value == "-" || base == "-" ? "-" : milliseconds(value - base)
}

END {
  n = split(contenders, each, " ")
  print "Transactions per second\n"
  text = ""
  for (i = 1; i <= n; i++) text = text " " title(each[i]) " |"
  head(text " Countersign / direct | Countersign / PgBouncer |", n + 2)
  for (r = 1; r <= total; r++) {
    begin(rows[r])
    for (i = 1; i <= n; i++) printf " %s |", whole(at(rows[r], each[i], "tps"))
    tps = at(rows[r], "countersign", "tps")
    printf " %s | %s |\n", ratio(tps, at(rows[r], "direct", "tps")), ratio(tps, at(rows[r], "pgbouncer", "tps"))
  }

  print "\nLatency of a transaction in milliseconds: that of the direct connection, and what the others add (p50 / p99)\n"
  text = ""
  for (i = 1; i <= n; i++) text = text (each[i] == "direct" ? " direct |" : " " title(each[i]) " adds |")
  head(text, n)
  for (r = 1; r <= total; r++) {
    begin(rows[r])
    for (i = 1; i <= n; i++) {
      c = each[i]
      if (c == "direct") printf " %s / %s |", milliseconds(at(rows[r], c, "p50")), milliseconds(at(rows[r], c, "p99"))
      else printf " %s / %s |", added(rows[r], c, "p50"), added(rows[r], c, "p99")
    }
    print ""
  }

  print "\nCPU time of a transaction in microseconds: of the process in between / of the target\n"
  text = ""
  for (i = 1; i <= n; i++) text = text " " title(each[i]) " |"
  head(text, n)
  for (r = 1; r <= total; r++) {
    begin(rows[r])
    for (i = 1; i <= n; i++) {
      c = each[i]
      printf " %s / %s |", c == "direct" ? "–" : whole(at(rows[r], c, "cpu")), whole(at(rows[r], c, "target"))
    }
    print ""
  }

  printf "\nErrors:"
  for (i = 1; i <= n; i++) printf "%s %s %d", (i > 1 ? "," : ""), title(each[i]), errors[each[i]]
  print "."
}
