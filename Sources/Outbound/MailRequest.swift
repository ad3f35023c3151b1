/// One mail to hand to an SMTP server (RFC 5321), or to the sendmail(8) of this host.
public struct MailRequest: Sendable, Hashable {
    /// How the connection is kept private.
    public enum Security: String, Sendable {
        /// STARTTLS, and nothing without it.
        case startTLS = "starttls"
        /// TLS from the first byte, mostly on port 465.
        case implicit
        /// None: for a server on this host.
        case none
    }

    /// The server; or the absolute path of a program that takes mails as sendmail(8) does, and then port, security and
    /// login do not count.
    public var host: String
    /// Its port.
    public var port: Int
    /// How the connection is kept private.
    public var security: Security
    /// The login; nil for none. Never logged.
    public var login: Login?
    /// The envelope's sender: a bare address.
    public var sender: String
    /// The envelope's recipients: bare addresses.
    public var recipients: [String]
    /// The message, header and body, its lines ended by CR LF.
    public var message: [UInt8]
    /// The time for a connection.
    public var connectTimeout: Duration
    /// The time until the server has accepted it.
    public var totalTimeout: Duration

    /// User and password.
    public struct Login: Sendable, Hashable {
        /// The user.
        public var user: String
        /// The password.
        public var password: String

        /// A login of those parts.
        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// A mail of those parts.
    /// - Parameter connectTimeout: nil for 10 s, or the total time if that is shorter.
    public init(
        host: String, port: Int, security: Security, login: Login? = nil, sender: String, recipients: [String],
        message: [UInt8], connectTimeout: Duration? = nil, totalTimeout: Duration = .seconds(30)
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.sender = sender
        self.recipients = recipients
        self.message = message
        self.connectTimeout = connectTimeout ?? min(.seconds(10), totalTimeout)
        self.totalTimeout = totalTimeout
    }

    /// Host and port, or the program: what logs may show.
    public var destination: String? { isLocal ? host : RequestTarget(url: url)?.description }

    /// Whether a program of this host takes it.
    package var isLocal: Bool { host.hasPrefix("/") }

    /// Whether an address has characters beyond ASCII: the server must offer SMTPUTF8 (RFC 6531).
    package var needsUTF8: Bool { (recipients + [sender]).contains { $0.utf8.contains { $0 >= 0x80 } } }

    /// The server as a URL.
    package var url: String { "\(security == .implicit ? "smtps" : "smtp")://\(host):\(port)" }

    /// Why this cannot be sent; nil if it can.
    package var flaw: String? {
        if recipients.isEmpty { return "the mail has no recipient" }
        for address in recipients + [sender]
        where address.unicodeScalars.contains(where: { $0.value <= 32 || (0x7F...0xA0).contains($0.value) }) {
            return "an address contains white space or a control character"
        }
        if isLocal { return nil }
        if host.isEmpty || host.utf8.contains(where: { $0 <= 32 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@") })
        {
            return "the server's name cannot be read"
        }
        return nil
    }
}
