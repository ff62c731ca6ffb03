vcl 4.1;

backend gate { .host = "127.0.0.1"; .port = "@GATE@"; }

sub vcl_recv {
  if (req.method == "GET" || req.method == "HEAD") { return (hash); }
}

sub vcl_backend_response {
  set beresp.ttl = 1h;
  set beresp.do_stream = false;
  # Past what Varnish does by itself, which keeps nothing that is private.
  return (deliver);
}
