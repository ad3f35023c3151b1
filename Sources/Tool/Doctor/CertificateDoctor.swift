import Platform
import Webhooks

/// How long the certificates are valid, by openssl(1): the served one, else those of the site file.
struct CertificateDoctor {
    /// The server's URL, if given.
    let url: String?
    /// nginx's site file.
    let site: String

    private static let enoughDays: Int64 = 21

    func findings() -> [Finding] {
        let served = url.flatMap(served)
        let text = try? Files.readText(site)
        let files = Self.certificates(text ?? "")
        // The next reload serves what the site file names; without one there is only what is served now.
        if let served { return [served] + files.map { Self.judge("certificate \($0)", ["-in", $0]) } }
        if files.isEmpty {
            return [
                Finding(
                    "certificate", .skipped, "\(site) names none",
                    advice: "--url https://hooks.example.com checks the served certificate")
            ]
        }
        return files.map { file in Self.judge("certificate \(file)", ["-in", file]) }
    }

    /// The certificate that a TLS client gets; nil for a URL of plain http.
    private func served(_ url: String) -> Finding? {
        guard url.hasPrefix("https://") else { return nil }
        let authority = url.dropFirst(8).prefix { $0 != "/" }
        let name = authority.prefix { $0 != ":" }
        let address = authority.contains(":") ? String(authority) : authority + ":443"
        let check = "certificate of \(authority)"
        let asked = ChildCommand(["openssl", "s_client", "-connect", address, "-servername", String(name)])
        guard let output = try? ChildProcess.run(asked, timeout: .seconds(10)),
            let begin = output.text.firstRange(of: "-----BEGIN CERTIFICATE-----"),
            let end = output.text.firstRange(of: "-----END CERTIFICATE-----"), begin.lowerBound < end.lowerBound
        else {
            return Finding(check, .failed, "none was served", advice: "does nginx run? nginx -t; openssl s_client")
        }
        guard let folder = try? Files.makeTemporaryFolder() else { return nil }
        defer { try? Files.remove(folder) }
        let file = folder + "/certificate.pem"
        guard (try? Files.write(file, text: String(output.text[begin.lowerBound..<end.upperBound]) + "\n")) != nil
        else {
            return nil
        }
        return Self.judge(check, ["-in", file])
    }

    private static func judge(_ check: String, _ arguments: [String]) -> Finding {
        let command = ["openssl", "x509", "-noout", "-enddate", "-dateopt", "iso_8601"] + arguments
        guard let output = try? ChildProcess.run(ChildCommand(command)), output.succeeded,
            let text = output.text.split(separator: "=").last, let end = Timestamp(rfc3339: String(text))
        else { return Finding(check, .failed, "openssl cannot read it", advice: "does it exist, and can you read it?") }
        let days = (end.microseconds - SystemClock.wallMicroseconds()) / 86_400_000_000
        let message = "good until \(text), \(days) days"
        if days >= enoughDays { return Finding(check, .ok, message) }
        return Finding(
            check, days < 1 ? .failed : .warning, message,
            advice: "renew it (certbot renew), then systemctl reload nginx; providers cannot deliver without it")
    }

    /// The files that `ssl_certificate` lines name.
    static func certificates(_ site: String) -> [String] {
        site.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split { $0 == " " || $0 == "\t" || $0 == ";" }
            guard words.first == "ssl_certificate", words.count > 1 else { return nil }
            return String(words[1].drop { $0 == "\"" }.prefix { $0 != "\"" })
        }
    }
}
