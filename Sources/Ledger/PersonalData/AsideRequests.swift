import JSON
public import Platform
public import Postgres
public import Settings

/// What is asked of the files in aside/ of the spool. They lie on each host, and the API cannot reach them: the request
/// waits in a table, and the batch processor of each host looks through its own.
public enum AsideRequests {
    /// What is to be done.
    public enum Kind: String, Sendable {
        /// The person's deliveries are taken out of the files.
        case forget
        /// They are written to a file in the folder of copies.
        case copy
    }

    /// What was done about one request.
    public struct Done: Sendable, Hashable {
        /// What was asked for.
        public let kind: Kind
        /// How many deliveries there were.
        public let deliveries: Int
        /// The file of a copy; nil when there is none.
        public let file: String?
    }

    /// Why files were not looked through; the request waits on.
    public enum Failure: Error, CustomStringConvertible {
        /// The database said no.
        case database(PostgresError)
        /// A file cannot be read or written.
        case file(FileError)

        /// One line for the log.
        public var description: String {
            switch self {
            case .database(let error): "\(error)"
            case .file(let error): "\(error)"
            }
        }
    }

    /// How long a request waits for further hosts.
    static let kept = "1 day"

    /// Leaves a request, in the caller's transaction.
    /// - Returns: its id, which stands in the name of a copy.
    @discardableResult
    public static func ask(
        _ kind: Kind, of person: Person, _ request: PersonRequest, on connection: Connection
    ) throws(PostgresError) -> Int64 {
        try connection.query(
            "select hookledger.ask_aside($1, $2::jsonb, $3)",
            [.text(kind.rawValue), .jsonb(person.json.storableText), .text(request.actor)]
        ).only().bigint(0)
    }

    /// Where the copy of that request is written.
    public static func file(_ request: Int64, in folder: String) -> String { "\(folder)/aside-\(request).json" }

    /// Looks through this host's files for what is asked, and removes requests that waited long enough.
    /// - Parameters:
    ///   - spool: the folder of the spool.
    ///   - key: that of the spool.
    ///   - copies: the folder of copies.
    ///   - host: this host's name.
    ///   - connection: of the role `hookledger_batch`.
    public static func answer(
        spool: String, key: KeyFile?, copies: String, host: String, on connection: Connection
    ) throws(Failure) -> [Done] {
        var all: [Done] = []
        for request in try waiting(host, on: connection) {
            let aside = SpoolAside(of: request.person, folder: spool, key: key)
            let done: Done
            do throws(FileError) {
                switch request.kind {
                case .forget: done = Done(kind: .forget, deliveries: try aside.redact(), file: nil)
                case .copy: done = try copy(aside, to: file(request.id, in: copies))
                }
            } catch {
                throw .file(error)
            }
            do throws(PostgresError) {
                try write(done, of: request.id, asked: request.actor, host, on: connection)
            } catch {
                throw .database(error)
            }
            all.append(done)
        }
        return all
    }

    private struct Waiting {
        let id: Int64
        let kind: Kind
        let person: Person
        let actor: String
    }

    private static func waiting(_ host: String, on connection: Connection) throws(Failure) -> [Waiting] {
        do throws(PostgresError) {
            _ = try connection.query(PersonalDataSQL.deleteOldAsideRequests, [])
            let rows = try connection.query(PersonalDataSQL.asideRequests, [.text(host)])
            var waiting: [Waiting] = []
            for row in rows {
                let value = (try? JSONValue(parsing: Array(try row.text("person").utf8))) ?? .null
                guard let kind = Kind(rawValue: try row.text("kind")), let person = Person(value) else { continue }
                waiting.append(
                    Waiting(
                        id: try row.bigint("id"), kind: kind, person: person, actor: try row.text("requested_by")))
            }
            return waiting
        } catch {
            throw .database(error)
        }
    }

    private static func write(
        _ done: Done, of request: Int64, asked actor: String, _ host: String, on connection: Connection
    ) throws(PostgresError) {
        try connection.transaction { () throws(PostgresError) in
            _ = try connection.query(
                PersonalDataSQL.asideDone,
                [.bigint(request), .text(host)])
            if done.deliveries == 0 { return }
            try OperatorLog.write(
                actor: actor, action: "aside.\(done.kind.rawValue)", subject: "aside:\(host.storable)", reason: nil,
                details: [
                    "request": .number(JSONNumber(request)),
                    "deliveries": .number(JSONNumber(Int64(done.deliveries))),
                ], on: connection)
        }
    }

    private static func copy(_ aside: SpoolAside, to file: String) throws(FileError) -> Done {
        let found = try aside.json()
        if found.isEmpty { return Done(kind: .copy, deliveries: 0, file: nil) }
        if !Files.exists(Files.parent(file)) { try Files.makeFolder(Files.parent(file), mode: 0o700) }
        try Files.write(file, JSONValue.array(found).serialized(), mode: 0o600)
        return Done(kind: .copy, deliveries: found.count, file: file)
    }
}

extension Person {
    /// All that it says, for a request that waits.
    var json: JSONValue {
        func texts(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        return [
            "source": text(source), "provider": text(provider), "customer_ids": texts(customerIDs),
            "emails": texts(emails), "phones": texts(phones), "order_ids": texts(orderIDs), "shop": text(shop),
            "asking_shop": text(askingShop), "country": text(country),
        ]
    }

    /// - Returns: nil for what ``json`` has not written.
    init?(_ json: JSONValue) {
        guard let object = json.object else { return nil }
        func texts(_ key: String) -> [String] { object[key]?.array?.compactMap(\.string) ?? [] }
        self.init(source: object["source"]?.string)
        provider = object["provider"]?.string
        customerIDs = texts("customer_ids")
        emails = texts("emails")
        phones = texts("phones")
        orderIDs = texts("order_ids")
        shop = object["shop"]?.string
        askingShop = object["asking_shop"]?.string
        country = object["country"]?.string
    }
}
