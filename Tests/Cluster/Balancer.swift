import FaultSupport
import NetworkHosts
import Platform

/// HAProxy before the responder hosts: it passes connections through, and asks each host whether it is ready.
struct Balancer {
    /// Its port on 127.0.0.1 of the run.
    static let port = 8443

    static func start(_ hosts: [ResponderHost], in folder: String) throws {
        let servers = hosts.map {
            "    server \($0.host.name) \($0.host.address):\(ResponderHost.port) check check-ssl verify none "
                + "inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions"
        }
        let text = """
            global
                maxconn 2000
            defaults
                mode tcp
                timeout connect 1s
                timeout client 30s
                timeout server 30s
                retries 2
                option redispatch
            frontend webhooks
                bind 127.0.0.1:\(port)
                default_backend responders
            backend responders
                balance roundrobin
                option httpchk
                http-check send meth GET uri /ready ver HTTP/1.1 hdr Host localhost
                http-check expect status 200
            \(servers.joined(separator: "\n"))

            """
        try Files.write(folder + "/haproxy.cfg", text: text)
        _ = try Command.start(["haproxy", "-db", "-f", folder + "/haproxy.cfg"], log: folder + "/haproxy.log")
    }
}
