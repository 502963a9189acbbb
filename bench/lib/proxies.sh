# shellcheck shell=bash disable=SC2154
# The backend and the proxies before it, all on 127.0.0.1 and all doing the same: forward every path, keep Host, set
# X-Real-IP and X-Forwarded-For, keep connections on both sides. Sourced by bench/run and bench/soak.
#
# Wants: root, work, workers. start_... PORT [BACKEND_PORT] leaves the pid in $!.

make_files() {
  mkdir -p "$work/www/blog"
  head -c 65536 /dev/zero | tr '\0' 'x' >"$work/www/blog/64k"
  head -c 1048576 /dev/zero | tr '\0' 'x' >"$work/www/blog/1m"
}

# nginx_main PORT WORKERS: what the configurations of both uses of nginx have in common.
nginx_main() {
  cat <<END
daemon off;
pid $work/nginx-$1.pid;
error_log $work/nginx-$1.err error;
worker_processes $2;
worker_rlimit_nofile 16384;
events { worker_connections 8192; }
END
}

nginx_http() {
  cat <<END
access_log off;
sendfile on;
tcp_nopush on;
keepalive_timeout 1h;
keepalive_requests 1000000000;
client_max_body_size 64m;
client_body_buffer_size 128k;
client_body_temp_path $work/nginx-$1.body;
proxy_temp_path $work/nginx-$1.proxy;
fastcgi_temp_path $work/nginx-$1.fastcgi;
uwsgi_temp_path $work/nginx-$1.uwsgi;
scgi_temp_path $work/nginx-$1.scgi;
END
}

listen_on() {
  local host
  for ((host = 1; host <= $2; host++)); do
    echo "listen 127.0.0.$host:$1 backlog=4096;"
  done
}

run_nginx() {
  PATH=$PATH:/usr/sbin start "$work/$1.log" nginx -p "$work" -c "$work/nginx-$1.conf"
}

# start_backend PORT [ADDRESSES]: on 127.0.0.1 and as many of its neighbours as make up ADDRESSES (1).
start_backend() {
  cat >"$work/nginx-$1.conf" <<END
$(nginx_main "$1" 1)
http {
  $(nginx_http "$1")
  open_file_cache max=16 inactive=1h;
  open_file_cache_valid 1h;
  default_type application/octet-stream;
  server {
    $(listen_on "$1" "${2:-1}")
    root $work/www;
    location = /blog/small { return 200 "Hello, world\n"; }
    location = /blog/post { return 200 "Hello, world\n"; }
    location = /other/small { return 200 "Hello, world\n"; }
    location = /port { return 200 "\$server_port\n"; }
    location = /blog/seen { return 200 "host=\$http_host ip=\$http_x_real_ip for=\$http_x_forwarded_for end\n"; }
    location / { }
  }
}
END
  run_nginx "$1"
}

start_nginx() {
  cat >"$work/nginx-$1.conf" <<END
$(nginx_main "$1" "$workers")
http {
  $(nginx_http "$1")
  upstream backend {
    server 127.0.0.1:$2;
    keepalive 512;
    keepalive_timeout 1h;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:$1 backlog=4096 reuseport;
    location / {
      proxy_pass http://backend;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host \$http_host;
      proxy_set_header X-Real-IP \$remote_addr;
      proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
      proxy_buffer_size 32k;
      proxy_buffers 8 32k;
      proxy_max_temp_file_size 0;
    }
  }
}
END
  run_nginx "$1"
}

start_haproxy() {
  cat >"$work/haproxy.cfg" <<END
global
  nbthread $workers
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  http-reuse always
  option forwardfor
frontend front
  bind 127.0.0.1:$1 backlog 4096
  http-request set-header X-Real-IP %[src]
  default_backend back
backend back
  server backend 127.0.0.1:$2
END
  PATH=$PATH:/usr/sbin start "$work/$1.log" haproxy -db -f "$work/haproxy.cfg"
}

# Two filters and a choice of two upstreams for every request; the others forward without looking.
elb_rules() {
  cat <<'END'
{"init": "r1", "rules": {
  "r1": {"type": "ua", "args": {"pattern": "httpie(\\S+)$", "succ": "r4", "fail": "r3"}},
  "r2": {"type": "backend", "args": {"servername": "upstream1"}},
  "r3": {"type": "backend", "args": {"servername": "upstream2"}},
  "r4": {"type": "path", "args": {"regex": true, "pattern": "^\\/blog\\/(\\S+)$", "rewrite": false,
                                  "succ": "r2", "fail": "r3"}}}}
END
}

start_elb() {
  mkdir -p "$work/config/rules" "$work/config/upstreams/upstream1" "$work/config/upstreams/upstream2"
  elb_rules >"$work/config/rules/bench.local"
  : >"$work/config/upstreams/upstream1/127.0.0.1:$2"
  : >"$work/config/upstreams/upstream2/127.0.0.1:$2"
  start "$work/$1.log" env LISTEN="127.0.0.1:$1" STORE="file:$work/config" IO_THREADS="$workers" "$root/elb"
}

# start_peer PORT BACKEND_PORT COMMAND: a proxy of the user's own.
start_peer() {
  start "$work/$1.log" env PORT="$1" BACKEND_PORT="$2" WORKERS="$workers" bash -c "exec $3"
}
