# CPU microseconds per transaction of proxy, target and pgbench, separated by tabs: between the first sample after the first
# logged transaction and the last one before the last, so that signing in and leaving do not count.
FNR == 1 { file++ }
file == 1 { at[++samples] = $1; proxy[samples] = $2; target[samples] = $3; pgbench[samples] = $4; next }
$3 ~ /^[0-9]+$/ {
  done = $5 + $6 / 1000000
  end[++transactions] = done
  if (transactions == 1 || done < earliest) earliest = done
  if (done > latest) latest = done
}

END {
  for (i = 1; i <= samples; i++) {
    if (at[i] >= earliest && at[i] <= latest) {
      if (!first) first = i
      last = i
    }
  }
  for (i = 1; i <= transactions; i++) if (end[i] >= at[first] && end[i] < at[last]) measured++
  if (!measured || first == last) {
    printf "-\t-\t-"
  } else {
    unit = 1000000 / ticks / measured
    printf "%.1f\t%.1f\t%.1f", (proxy[last] - proxy[first]) * unit, (target[last] - target[first]) * unit,
      (pgbench[last] - pgbench[first]) * unit
  }
}
