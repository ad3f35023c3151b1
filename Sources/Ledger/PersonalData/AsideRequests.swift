import JSON
public import Platform
public import Postgres
public import Settings

/// Requests about the files in aside/ of the spool. The files are on each host, out of the API's reach: the request
/// waits in a table, and each host's batch processor searches its own files.
public enum AsideRequests {
    /// The kind of request.
    public enum Kind: String, Sendable {
        /// Remove the person's deliveries from the files.
        case forget
        /// Write them to a file in the folder of copies.
        case copy
    }

    /// The result of one request.
    public struct Done: Sendable, Hashable {
        /// The request.
        public let kind: Kind
        /// How many deliveries there were.
        public let deliveries: Int
        /// The file of a copy; nil when there is none.
        public let file: String?
    }

    /// Why files were not searched; the request stays.
    public enum Failure: Error, CustomStringConvertible {
        /// The database refused a statement.
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
    /// - Returns: its id, which is part of a copy's name.
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

    /// Searches this host's files for the requests, and removes requests that are old enough.
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
    /// All its members, for a waiting request.
    var json: JSONValue {
        func texts(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        return [
            "source": text(source), "provider": text(provider), "customer_ids": texts(customerIDs),
            "emails": texts(emails), "phones": texts(phones), "order_ids": texts(orderIDs), "shop": text(shop),
            "asking_shop": text(askingShop), "country": text(country),
        ]
    }

    /// - Returns: nil for a text that ``json`` has not written.
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
