internal import CPostgres
internal import Glibc

/// The options of a connection; kept for `reset()`.
struct ConnectionOptions {
    /// A setting of our own, by which a session knows that its settings reached the server.
    static let mark = "hookledger.session"
    static let markValue = "own"

    private let keywords: [(name: String, value: String)]
    /// Whether the conninfo does not mention the kind of server it wants.
    private let takesAnyServer: Bool

    /// - Throws: ``PostgresError`` when the conninfo cannot be parsed; it never quotes the conninfo.
    init(
        conninfo: String, applicationName: String, settings: [(name: String, value: String)], connectTimeout: Duration
    ) throws(PostgresError) {
        for text in [conninfo, applicationName] + settings.flatMap({ [$0.name, $0.value] }) where text.utf8.contains(0)
        {
            throw PostgresError(message: "the conninfo or a setting holds U+0000")
        }
        let own = try Self.parse(conninfo)
        // The formats for Row's times and bytea, then ours, then the caller's: the last one takes precedence.
        let fixed = [
            ("DateStyle", "ISO"), ("TimeZone", "UTC"), ("bytea_output", "hex"), ("IntervalStyle", "postgres"),
            (Self.mark, Self.markValue),
        ]
        // Among several hosts, the one that takes writes: an old primary may be back as a standby.
        let hasSeveralHosts = [own["host"], own["hostaddr"]].contains { $0?.contains(",") == true }
        takesAnyServer = !hasSeveralHosts && own["target_session_attrs"] == nil && own["hostaddr"] == nil
        let options = (fixed + settings.map { ($0.name, $0.value) }).map { name, value in
            "-c " + Self.escape("\(name)=\(value)")
        }
        keywords = [
            ("connect_timeout", String(max(2, connectTimeout.components.seconds))),
            ("application_name", applicationName),
            ("gssencmode", "disable"),
            ("tcp_user_timeout", "5000"),
            ("keepalives_idle", "5"),
            ("keepalives_interval", "2"),
            ("keepalives_count", "3"),
            ("target_session_attrs", hasSeveralHosts ? "read-write" : "any"),
            // The conninfo overrides the lines above, not those below.
            ("dbname", conninfo),
            ("client_encoding", "UTF8"),
            ("options", ([own["options"]].compactMap { $0 } + options).joined(separator: " ")),
        ]
    }

    /// A new connection, open or failed; nil when memory is out. Blocks for the connect timeout of each host.
    ///
    /// A name may have the addresses of several hosts: after a standby that nobody asked for, the one that takes writes is
    /// looked for among them, which libpq does for names only. If there is none, the standby stays.
    func connect() -> OpaquePointer? {
        let first = connect(keywords)
        guard takesAnyServer, let first, PQstatus(first) == CONNECTION_OK, Self.isStandby(first),
            let name = PQhost(first).map({ String(cString: $0) }), !name.hasPrefix("/")
        else { return first }
        let addresses = Self.addresses(of: name)
        if addresses.count < 2 { return first }
        let names = addresses.map { _ in name }
        let second = connect(
            keywords + [
                ("host", names.joined(separator: ",")), ("hostaddr", addresses.joined(separator: ",")),
                ("target_session_attrs", "read-write"),
            ])
        guard let second, PQstatus(second) == CONNECTION_OK else {
            PQfinish(second)
            return first
        }
        PQfinish(first)
        return second
    }

    /// The addresses of a host name, in the order of getaddrinfo(3); empty if it cannot be looked up.
    private static func addresses(of name: String) -> [String] {
        var wanted = addrinfo()
        wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &wanted, &found) == 0 else { return [] }
        defer { freeaddrinfo(found) }
        var addresses: [String] = []
        var next = found
        while let one = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let length = socklen_t(text.count)
            if getnameinfo(one.pointee.ai_addr, one.pointee.ai_addrlen, &text, length, nil, 0, NI_NUMERICHOST) == 0 {
                addresses.append(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            }
            next = one.pointee.ai_next
        }
        return addresses
    }

    /// As servers from version 14 on say without being asked.
    private static func isStandby(_ handle: OpaquePointer) -> Bool {
        PQparameterStatus(handle, "in_hot_standby").map { String(cString: $0) } == "on"
    }

    private func connect(_ keywords: [(name: String, value: String)]) -> OpaquePointer? {
        let names = keywords.map { strdup($0.name) }
        let values = keywords.map { strdup($0.value) }
        defer { for text in names + values { free(text) } }
        var namePointers = names.map { UnsafePointer($0) }
        var valuePointers = values.map { UnsafePointer($0) }
        namePointers.append(nil)
        valuePointers.append(nil)
        return PQconnectdbParams(namePointers, valuePointers, 1)
    }

    static func parse(_ conninfo: String) throws(PostgresError) -> [String: String] {
        // `dbname` is expanded only when it looks like a conninfo; a bare word would silently be a database name.
        guard conninfo.isEmpty || conninfo.contains("=") || conninfo.contains("://"),
            let options = PQconninfoParse(conninfo, nil)
        else { throw PostgresError(message: "the conninfo cannot be parsed") }
        defer { PQconninfoFree(options) }
        var given: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { given[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return given
    }

    /// In `options` a space ends an argument and a backslash keeps it from doing so.
    private static func escape(_ argument: String) -> String {
        var escaped = ""
        for character in argument {
            if character == " " || character == "\\" { escaped += "\\" }
            escaped.append(character)
        }
        return escaped
    }
}
