# Looks at the server to a verdict; exit code 1 when it is bad.
# A look: seconds requests failed changes lag-ms heap-kb rss-kb descriptors threads.
# What may grow is judged by the medians of the first and the last third of the looks, without those of the first minute:
# ELB keeps unused connections to servers so long, and is warmed up by then.

function median(column, from, to,    i, j, n, sorted, t) {
  for (i = from; i <= to; i++) {
    t = settled[i, column]
    for (j = n++; j > 0 && sorted[j] > t; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = t
  }
  return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

# Growth up to a fifth, or up to a slack for figures that are small, is the noise of one look against another.
function judge(name, column, unit, slack,    first, last, bad) {
  first = median(column, 1, third) / unit
  last = median(column, looks - third + 1, looks) / unit
  bad = slack >= 0 && last > first * 1.2 && last > first + slack
  printf "%-12s first third %8.1f   last third %8.1f   %+6.1f %%%s\n", name, first, last, (last / first - 1) * 100,
    bad ? "   GREW" : ""
  if (bad) verdict = verdict " " name " grew;"
}

{
  if ($5 > lag) lag = $5
}

$1 >= 60 {
  looks++
  for (i = 1; i <= NF; i++) settled[looks, i] = $i
}

END {
  printf "%d requests in %d s, %d failed; %d changes, %.1f/s, in force after at most %d ms\n", $2, $1, $3, $4, $4 / $1, lag
  if ($3 > 0) verdict = verdict " requests failed;"
  if ($4 / $1 < rate * 0.95) verdict = verdict " fewer changes than asked for;"
  third = int(looks / 3)
  if (third > 1) {
    judge("heap MB", 6, 1024, 2)
    judge("descriptors", 8, 1, 20)
    judge("threads", 9, 1, 2)
    judge("RSS MB", 7, 1024, -1)
  } else print "Growth is not judged: fewer than six looks after the first minute."
  print verdict == "" ? "Passed." : "Not passed:" verdict
  exit verdict != ""
}
