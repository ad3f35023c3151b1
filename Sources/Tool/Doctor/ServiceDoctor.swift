import Outbound
import Platform

/// The services of this machine: sockets, the way through nginx, the certificate, libfcgi.
struct ServiceDoctor {
    /// Where the server is, such as `https://hooks.example.com`; nil when nobody said.
    let url: String?
    let sockets: [String]
    /// nginx's site file, which names the certificate.
    let site: String

    /// The package of Debian 12 that fixes CVE-2025-23016.
    private static let safeLibrary = "2.4.2-2+deb12u1"

    func findings() -> [Finding] {
        sockets.map(socket) + [health].compactMap(\.self) + CertificateDoctor(url: url, site: site).findings()
            + NginxDoctor(main: "/etc/nginx/nginx.conf", site: site).findings() + [library]
    }

    private func socket(_ path: String) -> Finding {
        let check = "socket \(path)"
        do throws(SystemCallError) {
            try UnixSocket.probe(path)
        } catch {
            if error.isForbidden { return ServiceUser.unseen(check, "whether a program listens") }
            return Finding(
                check, .failed, error.description,
                advice: "systemctl start hookledger-responder.socket hookledger-responder-api.socket, or spawn-fcgi "
                    + "(docs/install.md)")
        }
        if let status = try? Files.status(path), status.mode & 0o002 != 0 {
            return Finding(
                check, .warning, "every user of this machine can write to it",
                advice: "libfcgi trusts every writer: set mode 0600, owned by nginx's user")
        }
        return Finding(check, .ok, "a program listens")
    }

    /// nil if the server's URL is unknown.
    private var health: Finding? {
        guard let url else { return nil }
        let request = HTTPRequest(method: "GET", url: url + "/health", totalTimeout: .seconds(10))
        do throws(OutboundFailure) {
            let answer = try OwnServer.send(request, userAgent: "hookledger-doctor")
            if answer.status == 200 { return Finding("health", .ok, "\(url)/health answers 200") }
            return Finding(
                "health", .failed, "\(url)/health answers \(answer.status): \(answer.text.prefix(200))",
                advice: "502: the responder does not run; 503: Postgres is away; its log says why")
        } catch {
            return Finding(
                "health", .failed, "\(url)/health: \(error)",
                advice: "does nginx run (nginx -t; systemctl status nginx)? Is the certificate one that is trusted?")
        }
    }

    private var library: Finding {
        // Packages that are only known, not installed, have no version.
        let query = ["dpkg-query", "-W", "-f", "${Version}\n", "libfcgi0*"]
        guard let output = try? ChildProcess.run(ChildCommand(query)), output.succeeded,
            let version = output.text.split(whereSeparator: \.isNewline).first.map(String.init)
        else {
            return Finding(
                "libfcgi", .skipped, "dpkg does not know its version",
                advice: "it must be \(Self.safeLibrary) or newer: in older ones a request could overflow a buffer "
                    + "(CVE-2025-23016)")
        }
        let compare = ["dpkg", "--compare-versions", version, "ge", Self.safeLibrary]
        if (try? ChildProcess.run(ChildCommand(compare)).succeeded) == true {
            return Finding("libfcgi", .ok, "version \(version)")
        }
        return Finding(
            "libfcgi", .failed, "version \(version) has a known defect (CVE-2025-23016)",
            advice: "apt-get update && apt-get install --only-upgrade libfcgi0ldbl, then restart the responder")
    }
}
