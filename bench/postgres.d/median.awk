# Medians over rounds; values that could not be measured are "-" and count for nothing.
function remember(key, value) {
  if (value != "-" && value != "failed") values[key, ++count[key]] = value + 0
}

function median(key, i, j, n, sorted, value) {
  n = count[key]
  if (!n) return "-"
  for (i = 1; i <= n; i++) {
    value = values[key, i]
    for (j = i - 1; j >= 1 && sorted[j] > value; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = value
  }
  return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

function ratio(a, b) {
  return a == "-" || b == "-" || b == 0 ? "-" : sprintf("%.2f", a / b)
}

function milliseconds(microseconds) {
  return microseconds == "-" ? "-" : sprintf("%.2f", microseconds / 1000)
}

function whole(value) {
  return value == "-" ? "-" : sprintf("%.0f", value)
}
