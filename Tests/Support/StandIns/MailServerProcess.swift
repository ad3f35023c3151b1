internal import JSON
internal import Patience
internal import Platform

/// A real SMTP server in its own process; see mailserver.py for its recipients' behaviour.
public final class MailServerProcess {
    /// Its port on 127.0.0.1.
    public let port: Int
    /// The certificate it shows, for localhost and 127.0.0.1.
    public let certificate: String
    private let folder: String
    private let process: ChildProcess
    private let line: LifeLine

    /// A received mail.
    public struct Mail: Sendable {
        /// The envelope's sender.
        public let from: String
        /// The envelope's recipients.
        public let to: [String]
        /// Whether it came over TLS.
        public let isPrivate: Bool
        /// The parameters of the sender's line, such as SMTPUTF8.
        public let options: [String]
        /// Header and body, as received.
        public let data: String

        /// The value of a header field, its lines unfolded.
        public func header(_ name: String) -> String? {
            let lines = data.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
            guard let start = lines.firstIndex(where: { $0.hasPrefix(name + ": ") }) else { return nil }
            let rest = lines[(start + 1)...].prefix { $0.hasPrefix(" ") }
            return ([String(lines[start].dropFirst(name.count + 2))] + rest).joined()
        }
    }

    /// It did not start.
    public struct Failure: Error {}

    /// Starts it.
    /// - Parameters:
    ///   - tls: `none`, `starttls` or `implicit`; with either of the last two it demands a login.
    ///   - offersUTF8: whether it offers SMTPUTF8.
    public init(tls: String, offersUTF8: Bool = false) throws {
        folder = try Files.makeTemporaryFolder()
        certificate = folder + "/cert.pem"
        let made = try ChildProcess.run(
            ChildCommand([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days",
                "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                folder + "/key.pem", "-out", certificate,
            ]))
        guard made.succeeded else { throw Failure() }
        let here = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        let own = here + "/../../../.build/mail/bin/python3"
        process = try ChildProcess.spawn(
            ChildCommand(
                [Files.exists(own) ? own : "/usr/bin/python3", "-W", "ignore", here + "/mailserver.py", folder, tls]
                    + (offersUTF8 ? ["utf8"] : []),
                errors: .inherit))
        line = try LifeLine(ending: process.pid, removing: [folder])
        _ = eventually { [folder, process] in Files.exists(folder + "/port") || !process.isRunning }
        guard let number = (try? Files.readText(folder + "/port")).flatMap({ Int($0) }) else {
            process.terminate(with: .kill)
            throw Failure()
        }
        port = number
    }

    deinit {
        line.cut()
        process.terminate(with: .kill)
        try? Files.remove(folder)
    }

    /// A program like sendmail(8) that passes mails to this server.
    /// - Returns: its path.
    public func sendmail() throws -> String {
        let here = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        let path = folder + "/sendmail"
        try Files.write(
            path, text: "#!/bin/sh\nexec /usr/bin/python3 '\(here)/sendmail.py' \(port) \"$@\"\n", mode: 0o755)
        return path
    }

    /// The received mails, in order.
    public func mails() throws -> [Mail] {
        guard Files.exists(folder + "/mails") else { return [] }
        return try Files.readText(folder + "/mails").split(separator: "\n").map { line in
            let value = try JSONValue(parsing: Array(line.utf8))
            return Mail(
                from: value["from"]?.string ?? "", to: value["to"]?.array?.compactMap(\.string) ?? [],
                isPrivate: value["tls"]?.bool ?? false,
                options: value["options"]?.array?.compactMap(\.string) ?? [], data: value["data"]?.string ?? "")
        }
    }
}
