vcl 4.1;

backend gate { .host = "127.0.0.1"; .port = "@GATE@"; }
backend gate_and_idle { .host = "127.0.0.1"; .port = "@VARNISH_RELAY@"; }

sub vcl_recv {
  if (req.url ~ "^/idle") { set req.backend_hint = gate_and_idle; }
  if (req.http.Upgrade ~ "(?i)websocket") { return (pipe); }
  # Also with a cookie, so that only the gate's own word holds a page back.
  if (req.method == "GET" || req.method == "HEAD") { return (hash); }
}

sub vcl_pipe {
  if (req.http.Upgrade) {
    set bereq.http.Upgrade = req.http.Upgrade;
    set bereq.http.Connection = req.http.Connection;
  }
}
