package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Gates of the distribution, each with one worker and the check of the one cookie. */
final class NativeGates {
    private final Path folder;

    NativeGates(Path folder) {
        this.folder = folder;
    }

    Gate nginx() {
        return new Gate(
                "nginx",
                false,
                Map.of(),
                (port, upstream) -> nginx("gate-" + port, """
                map $http_upgrade $hop { default upgrade; '' ''; }
                upstream tool { server 127.0.0.1:%2$d; keepalive 64; }
                server {
                  listen 127.0.0.1:%1$d backlog=4096;
                  if ($cookie_pingate != "%3$s") { return 401; }
                  proxy_http_version 1.1;
                  proxy_set_header Connection $hop;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Host $http_host;
                  proxy_max_temp_file_size 0;
                  location / { proxy_pass http://tool; }
                  location /events { proxy_pass http://tool; proxy_buffering off; }
                }
                """.formatted(port, upstream, Cookie.TOKEN)));
    }

    /** The command line of an nginx with the given servers. */
    List<String> nginx(String name, String servers) throws IOException {
        Path prefix = Files.createDirectories(folder.resolve(name));
        StringBuilder paths = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append(kind + "_temp_path " + prefix.resolve(kind) + ";\n");
        }
        Path file = prefix.resolve("nginx.conf");
        Files.writeString(file, """
                daemon off; worker_processes 1; worker_rlimit_nofile 16384; pid %1$s/pid; error_log stderr crit;
                events { worker_connections 16000; }
                http { access_log off; keepalive_requests 1000000000;
                %2$s%3$s}
                """.formatted(prefix, paths, servers));
        return List.of("nginx", "-p", prefix.toString(), "-c", file.toString());
    }

    Gate haproxy() {
        return new Gate("HAProxy", false, Map.of(), (port, upstream) -> {
            Path file = folder.resolve("haproxy-" + port + ".cfg");
            Files.writeString(file, """
                    global
                      nbthread 1
                      maxconn 8000
                    defaults
                      mode http
                      option http-no-delay
                      timeout connect 5s
                      timeout client 60s
                      timeout server 60s
                      timeout tunnel 1h
                    frontend gate
                      bind 127.0.0.1:%1$d
                      http-request deny deny_status 401 unless { req.cook(pingate) -m str %3$s }
                      default_backend tool
                    backend tool
                      http-reuse always
                      server tool 127.0.0.1:%2$d
                    """.formatted(port, upstream, Cookie.TOKEN));
            return List.of("haproxy", "-db", "-f", file.toString());
        });
    }

    Gate caddy() {
        Map<String, String> home = Map.of("HOME", folder.toString(), "XDG_DATA_HOME", folder.toString());
        return new Gate("Caddy", false, home, (port, upstream) -> {
            Path file = folder.resolve("Caddyfile-" + port);
            Files.writeString(file, """
                    {
                      admin off
                      auto_https off
                    }
                    :%1$d {
                      bind 127.0.0.1
                      @stranger not header Cookie *pingate=%3$s*
                      respond @stranger 401
                      reverse_proxy 127.0.0.1:%2$d
                    }
                    """.formatted(port, upstream, Cookie.TOKEN));
            return List.of("caddy", "run", "--adapter", "caddyfile", "--config", file.toString());
        });
    }
}
