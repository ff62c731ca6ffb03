vcl 4.1;

backend gate { .host = "127.0.0.1"; .port = "@GATE@"; }

sub vcl_recv {
  if (req.http.Upgrade ~ "(?i)websocket") { return (pipe); }
}

sub vcl_pipe {
  if (req.http.Upgrade) {
    set bereq.http.Upgrade = req.http.Upgrade;
    set bereq.http.Connection = req.http.Connection;
  }
}

sub vcl_backend_response {
  if (beresp.http.Cache-Control ~ "(?i)private|no-store") { set beresp.uncacheable = true; }
}
