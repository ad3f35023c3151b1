import LocalStack
import Platform

/// An nginx that takes the requests of jobs and answers 200 at once.
struct JobDestination {
    let url: String
    private let stand: Stand
    private let process: ChildProcess
    private let log: String

    init(_ stand: Stand) throws {
        self.stand = stand
        let folder = stand.folder + "/destination"
        let port = try Ports.free(1).first ?? 0
        log = folder + "/access.log"
        url = "http://127.0.0.1:\(port)/hook"
        try Files.makeFolder(folder)
        try Files.write(
            folder + "/nginx.conf",
            text: """
                daemon off;
                user root;
                worker_processes 1;
                pid "\(folder)/nginx.pid";
                error_log "\(folder)/error.log" notice;
                events { worker_connections 1024; }
                http {
                \(["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
                    "    \($0)_temp_path \"\(folder)/\($0)\";"
                }.joined(separator: "\n"))
                    log_format short '$status';
                    access_log "\(log)" short;
                    server { listen 127.0.0.1:\(port); location / { return 200 "ok"; } }
                }

                """, durable: false)
        process = try stand.start(
            "destination",
            ChildCommand([try Stand.find("nginx"), "-p", folder, "-c", folder + "/nginx.conf"], folder: "/"))
    }

    /// Forgets the requests so far.
    func clear() throws { _ = try ChildProcess.run(ChildCommand(["truncate", "--size=0", log])) }

    /// How many requests it has answered with 200 since then.
    func arrived() throws -> Int {
        Int(try ChildProcess.run(ChildCommand(["grep", "-c", "-x", "200", log])).text) ?? 0
    }

    func stop() { stand.end(process) }
}
