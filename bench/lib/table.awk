# Samples to a table. A sample: workload round proxy requests seconds cpu-us p50 p99 rss-kb other-share errors
# where the times of an answer are "-" unless requests came at a fixed rate.

function median(list, n,    i, j, sorted, t) {
  if (n == 0) return "-"
  for (i = 1; i <= n; i++) {
    t = list[i]
    for (j = i - 1; j > 0 && sorted[j] > t; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = t
  }
  return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

# The median over the rounds of one column of a workload's proxy; "ratio" is of CPU to nginx's in the same round.
function middle(key, column,    r, n, list, cpu, base) {
  n = 0
  for (r = 1; r <= rounds; r++) {
    if (!((key, r, "cpu") in value)) continue
    if (column != "ratio") {
      if (value[key, r, column] != "-") list[++n] = value[key, r, column]
      continue
    }
    cpu = value[key, r, "cpu"]
    base = workload_of[key] " nginx"
    if (((base, r, "cpu") in value) && value[base, r, "cpu"] > 0) list[++n] = cpu / value[base, r, "cpu"]
  }
  return median(list, n)
}

function shown(number, format) {
  return number == "-" ? "-" : sprintf(format, number)
}

{
  key = $1 " " $3
  if (!(key in workload_of)) {
    order[++keys] = key
    workload_of[key] = $1
    proxy_of[key] = $3
  }
  if ($2 > rounds) rounds = $2
  value[key, $2, "rps"] = $5 > 0 ? $4 / $5 : 0
  value[key, $2, "cpu"] = $4 > 0 ? $6 / $4 : 0
  value[key, $2, "p50"] = $7
  value[key, $2, "p99"] = $8
  value[key, $2, "rss"] = $9 / 1024
  value[key, $2, "other"] = $10 * 100
  errors[key] += $11
}

END {
  line = "| %-8s | %-12s | %10s | %8s | %8s | %7s | %7s | %6s | %7s | %6s |\n"
  printf line, "workload", "proxy", "requests/s", "CPU us", "to nginx", "p50 us", "p99 us", "RSS MB", "other %", "errors"
  print "|----------|--------------|-----------:|---------:|---------:|--------:|--------:|-------:|--------:|-------:|"
  for (i = 1; i <= keys; i++) {
    key = order[i]
    printf line, workload_of[key], proxy_of[key], shown(middle(key, "rps"), "%.0f"), shown(middle(key, "cpu"), "%.1f"),
      shown(middle(key, "ratio"), "%.2f"), shown(middle(key, "p50"), "%.0f"), shown(middle(key, "p99"), "%.0f"),
      shown(middle(key, "rss"), "%.0f"), shown(middle(key, "other"), "%.0f"), errors[key]
  }
}
