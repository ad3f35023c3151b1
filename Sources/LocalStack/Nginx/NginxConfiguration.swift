/// nginx.conf of a private stack. The locations, limits, TLS settings and errors are the shipped snippets themselves,
/// so that tests test what ships.
struct NginxConfiguration {
    /// Where things are.
    let folder: StackFolder
    /// The folder of the FastCGI sockets.
    let sockets: String
    let ports: StackPorts
    let isProduction: Bool
    let apiRate: RateLimit
    /// The origins whose pages may read the API's errors.
    let origins: [String]
    /// Whether root runs it: the workers keep that user, as the sockets and files of the stack are root's.
    let runsAsRoot: Bool

    /// As many open files as the host's nginx has, or as the system allows.
    let openFiles: Int

    /// The nginx that reads it.
    let version: NginxVersion

    /// The snippet that holds the bursts of `/api`, in place of the shipped one.
    var apiLimitSnippet: String {
        // nginx takes no burst of 0.
        let burst = apiRate.burst == 0 ? "" : " burst=\(apiRate.burst) nodelay"
        return """
            limit_req zone=hookledger_api\(burst);
            limit_req zone=hookledger_bearer burst=\(max(200, apiRate.burst)) nodelay;

            """
    }

    /// The whole file.
    var text: String {
        """
        # Written at each start of the stack; changes here are lost.
        daemon off;
        \(runsAsRoot ? "user root root;" : "")
        worker_processes 2;
        worker_rlimit_nofile \(openFiles);
        pid "\(folder.nginxPID)";
        # As on a host: lower levels repeat a request's query.
        error_log "\(folder.log("nginx-error"))" alert;
        events { worker_connections \(min(16_384, openFiles)); }
        http {
        \(["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
            "    \($0)_temp_path \"\(folder.nginx)/\($0)\";"
        }.joined(separator: "\n"))
            access_log off;
            include snippets/hookledger-http.conf;
        \(NginxMaps(share: folder.nginx, origins: origins, isProduction: isProduction).lines.map { "    " + $0 }
            .joined(separator: "\n"))
            limit_req_zone $hookledger_stranger zone=hookledger_api:8m rate=\(apiRate.perMinute)r/m;
            upstream hookledger_ingest { server "unix:\(sockets)/ingest.sock"; }
            upstream hookledger_api { server "unix:\(sockets)/api.sock"; }
        \(servers)
        }

        """
    }

    private var servers: String {
        """
            server {
                \(version.http2(["listen 127.0.0.1:\(ports.https) ssl http2;"]).joined(separator: " "))
                server_name localhost 127.0.0.1;
                ssl_certificate "\(folder.certificate)";
                ssl_certificate_key "\(folder.certificateKey)";
                include snippets/hookledger-tls.conf;
                access_log "\(folder.log("nginx-access"))" hookledger;
                \(NginxWord.hookLog(folder.hookLog))
                include snippets/hookledger-server.conf;
                include snippets/hookledger-locations.conf;
            }
            server {
                listen 127.0.0.1:\(ports.http);
                server_name localhost 127.0.0.1;
                access_log "\(folder.log("nginx-access"))" hookledger;
                \(NginxWord.hookLog(folder.hookLog))
                include snippets/hookledger-server.conf;
                include snippets/\(isProduction ? "hookledger-plain.conf" : "hookledger-locations.conf");
            }
            # The stand-in for Slack.
            server {
                listen 127.0.0.1:\(ports.slack);
                location / {
                    fastcgi_pass "unix:\(sockets)/slack.sock";
                    fastcgi_keep_conn off;
                    include snippets/hookledger-fastcgi-params.conf;
                }
            }
        """
    }
}

/// The ports of a stack, on 127.0.0.1.
struct StackPorts: Sendable, Hashable {
    let https: Int
    let http: Int
    let slack: Int

    /// Uses the given ports, and free ones for 0.
    ///
    /// - Throws: ``StackError`` with the port if another program listens on it.
    static func choose(_ options: StackOptions) throws(StackError) -> StackPorts {
        let free = try Ports.free(3)
        let asked = [(options.httpsPort, "HOOKLEDGER_HTTPS_PORT"), (options.httpPort, "HOOKLEDGER_HTTP_PORT")]
        for (port, variable) in asked where port != 0 && Ports.isTaken(port) {
            throw .portInUse(port, variable: variable)
        }
        return StackPorts(
            https: options.httpsPort == 0 ? free[0] : options.httpsPort,
            http: options.httpPort == 0 ? free[1] : options.httpPort, slack: free[2])
    }
}
