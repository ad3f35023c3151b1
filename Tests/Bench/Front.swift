import LocalStack
import Platform

/// One nginx before all contenders: the shipped TLS, limits, log and hook snippet for each, on a port of its own.
struct Front {
    let stand: Stand
    private let process: ChildProcess
    private let ports: [String: Int]
    private let contenders: [Contender]

    /// Starts it, and returns when every contender can be reached.
    init(_ contenders: [Contender], on stand: Stand) throws {
        self.stand = stand
        self.contenders = contenders
        let folder = stand.folder + "/nginx"
        let snippets = folder + "/snippets"
        try Files.makeFolder(snippets)
        let shipped = stand.options.repository + "/nginx"
        for name in try Files.list(shipped + "/snippets") {
            try Files.write("\(snippets)/\(name)", Files.read("\(shipped)/snippets/\(name)"), durable: false)
        }
        let pool = "snippets/hookledger-hook-pool.conf"
        let hook = try Files.readText(shipped + "/snippets/hookledger-hook.conf")
            .replacing("include \(pool);", with: try Files.readText("\(shipped)/\(pool)"))
        var ports: [String: Int] = [:]
        for (contender, port) in zip(contenders, try Ports.free(contenders.count)) {
            ports[contender.name] = port
            try Files.write(
                "\(snippets)/\(contender.name).conf", text: Self.location(contender, hook), durable: false)
        }
        self.ports = ports
        try Self.makeCertificate(folder)
        let configuration = Self.configuration(contenders, ports, stand, folder, share: shipped)
        try Files.write(folder + "/nginx.conf", text: configuration, durable: false)
        process = try stand.start(
            "nginx", ChildCommand([try Stand.find("nginx"), "-p", folder, "-c", folder + "/nginx.conf"], folder: "/"))
        for contender in contenders { try waitFor(contender) }
    }

    /// Ends it.
    func stop() { stand.end(process) }

    /// The process whose children serve.
    var pid: Int32 { process.pid }

    /// Where a contender is reached.
    func url(_ contender: Contender) -> String { "https://127.0.0.1:\(ports[contender.name] ?? 0)\(Deliveries.path)" }

    private func log(_ contender: Contender) -> String { "\(stand.folder)/nginx/\(contender.name).access.log" }

    /// Forgets the requests that a contender had so far.
    func clearLog(_ contender: Contender) throws {
        _ = try ChildProcess.run(ChildCommand(["truncate", "--size=0", log(contender)]))
    }

    /// How many deliveries a contender has answered with 2xx since its log was cleared; each was sent once.
    func answered(_ contender: Contender) throws -> Int {
        let mark = #""path":"\#(Deliveries.path)","status":2"#
        let counted = try ChildProcess.run(ChildCommand(["grep", "-c", "-F", mark, log(contender)]))
        return Int(counted.text) ?? 0
    }

    private func waitFor(_ contender: Contender) throws {
        for _ in 0..<200 {
            guard process.isRunning else {
                throw BenchFailure("nginx does not start: \(try Files.readText("\(stand.folder)/nginx.log"))")
            }
            // Any answer of the contender itself: a refusal, not nginx's own 503.
            let answer = try ChildProcess.run(
                ChildCommand([
                    "curl", "-s", "-k", "-o", "/dev/null", "-w", "%{http_code}", "-d", "{}", url(contender),
                ]))
            if ["200", "401"].contains(answer.text) { return }
            SystemClock.sleep(milliseconds: 50)
        }
        throw BenchFailure(
            "\(contender.title) does not answer; with BENCH_KEEP=1 its log stays: \(stand.folder)/\(contender.name).log"
        )
    }

    private static func makeCertificate(_ folder: String) throws {
        let made = try ChildProcess.run(
            ChildCommand([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-subj", "/CN=localhost", "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem",
            ]))
        guard made.succeeded else { throw BenchFailure("openssl made no certificate: \(made.errorText)") }
    }

    /// The shipped hook snippet, led to this contender.
    private static func location(_ contender: Contender, _ hook: String) -> String {
        let upstream = "bench_\(contender.name)"
        switch contender.location {
        case .fastCGI(let more):
            let lines = hook.split(separator: "\n").map { line in
                line.hasPrefix("fastcgi_pass ") ? "fastcgi_pass \(upstream);" : String(line)
            }
            return (lines + [more, ""]).joined(separator: "\n")
        case .proxy:
            let lines = hook.split(separator: "\n").map(String.init)
                .filter { !$0.hasPrefix("fastcgi_") && !$0.contains("fastcgi-params") }
            return
                (lines + [
                    "proxy_pass http://\(upstream);", "proxy_http_version 1.1;", "proxy_set_header Connection \"\";",
                    "proxy_set_header Host $host;", "proxy_set_header X-Real-IP $remote_addr;",
                    "proxy_ignore_client_abort on;", "proxy_next_upstream off;", "",
                ]).joined(separator: "\n")
        }
    }

    private static func configuration(
        _ contenders: [Contender], _ ports: [String: Int], _ stand: Stand, _ folder: String, share: String
    ) -> String {
        let servers = contenders.map { contender in
            """
                upstream bench_\(contender.name) {
                    server "unix:\(stand.sockets)/\(contender.name).sock";
                    \(contender.isProxied ? "keepalive 64;" : "")
                }
                server {
                    listen 127.0.0.1:\(ports[contender.name] ?? 0) ssl http2;
                    server_name localhost 127.0.0.1;
                    ssl_certificate "\(folder)/cert.pem";
                    ssl_certificate_key "\(folder)/key.pem";
                    include snippets/hookledger-tls.conf;
                    access_log "\(folder)/\(contender.name).access.log" hookledger;
                    \(NginxWord.hookLog("\(folder)/\(contender.name).hooks.log"))
                    include snippets/hookledger-server.conf;
                    location = \(Deliveries.path) { include snippets/\(contender.name).conf; }
                }
            """
        }
        return """
            daemon off;
            user root;
            worker_processes 2;
            worker_rlimit_nofile 8192;
            pid "\(folder)/nginx.pid";
            error_log "\(folder)/error.log" notice;
            events { worker_connections 4096; }
            http {
            \(["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
                "    \($0)_temp_path \"\(folder)/\($0)\";"
            }.joined(separator: "\n"))
                access_log off;
                include snippets/hookledger-http.conf;
            \(NginxMaps(share: share).lines.map { "    " + $0 }.joined(separator: "\n"))
            \(servers.joined(separator: "\n"))
            }

            """
    }
}

extension Contender {
    /// Whether nginx speaks HTTP to it.
    fileprivate var isProxied: Bool { if case .proxy = location { true } else { false } }
}
