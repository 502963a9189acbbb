-- wrk's requests and its result in one line. Arguments: method, bytes of the body, "close" or "keep".
function init(args)
  wrk.method = args[1]
  wrk.headers["Host"] = "bench.local"
  wrk.headers["User-Agent"] = "HTTPie/0.9.9"
  if tonumber(args[2]) > 0 then
    wrk.body = string.rep("x", tonumber(args[2]))
  end
  if args[3] == "close" then
    wrk.headers["Connection"] = "close"
  end
  local bytes = wrk.format()
  request = function() return bytes end
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("requests=%d seconds=%.3f p50=%d p99=%d errors=%d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
