-- wrk's requests for bench/soak: a mix of paths, user agents, bodies and connections, drawn anew for each request.
local agents = { "HTTPie/0.9.9", "curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0" }
local big = string.rep("x", 10240)

-- How many of a hundred requests, and what they are.
local kinds = {
  { 38, "GET", "/blog/small" },
  { 15, "GET", "/blog/small?page=2&sort=up" },
  { 10, "GET", "/other/small" },
  { 8, "GET", "/blog/64k" },
  { 10, "POST", "/blog/post", "name=value" },
  { 10, "POST", "/blog/post", big },
  { 4, "POST", "/blog/post", big, "chunked" },
  { 3, "GET", "/blog/small", nil, "close" },
  { 2, "POST", "/blog/post", big, "close" },
}
local drawn = {}

local function chunked(method, path, agent, body)
  return string.format("%s %s HTTP/1.1\r\nHost: bench.local\r\nUser-Agent: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
    .. "%x\r\n%s\r\n0\r\n\r\n", method, path, agent, #body, body)
end

local function compose(agent, method, path, body, manner)
  if manner == "chunked" then
    return chunked(method, path, agent, body)
  end
  local fields = { ["Host"] = "bench.local", ["User-Agent"] = agent }
  if manner == "close" then
    fields["Connection"] = "close"
  end
  return wrk.format(method, path, fields, body)
end

function init(args)
  math.randomseed(tonumber(args[1]))
  for _, agent in ipairs(agents) do
    for _, kind in ipairs(kinds) do
      local bytes = compose(agent, kind[2], kind[3], kind[4], kind[5])
      for _ = 1, kind[1] do
        drawn[#drawn + 1] = bytes
      end
    end
  end
end

function request()
  return drawn[math.random(#drawn)]
end

function done(summary)
  local e = summary.errors
  io.write(string.format("requests=%d failed=%d connect=%d read=%d write=%d status=%d timeout=%d\n", summary.requests,
    e.connect + e.read + e.write + e.status + e.timeout, e.connect, e.read, e.write, e.status, e.timeout))
end
