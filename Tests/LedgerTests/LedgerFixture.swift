import Crypto
import JSON
import Ledger
import LocalStack
import Platform
import Postgres
import Providers
import Settings
import Testing
import Verification
import Webhooks

@testable import Rules

/// A migrated database of its own and a writer that may do no more than the responder may.
struct LedgerFixture {
    let database: String
    private let owned: TemporaryDatabase
    let writer: LedgerWriter
    let superuser: Connection

    init() throws {
        owned = try SharedCluster.temporaryDatabase()
        database = owned.name
        superuser = try Self.connection(Self.conninfo(database, "postgres"))
        writer = try LedgerWriter(
            conninfo: Self.ingestConninfo(database), deadline: .seconds(20))
    }

    /// A connection of that role.
    func connect(as role: String) throws -> Connection {
        try Self.connection(Self.conninfo(database, role))
    }

    /// A connection by its conninfo: for another thread.
    static func connection(_ conninfo: String) throws -> Connection {
        try Connection(
            conninfo: conninfo, applicationName: "hookledger-tests", settings: [("search_path", "hookledger")],
            queryDeadline: .seconds(30))
    }

    /// How that role logs in to that database.
    static func conninfo(_ database: String, _ role: String) throws -> String {
        try SharedCluster.get().conninfo(user: role, database: database)
    }

    /// How the responder logs in to that database.
    static func ingestConninfo(_ database: String) throws -> String { try conninfo(database, "hookledger_ingest") }

    /// Records one delivery.
    func record(_ recordable: Recordable) throws -> Receipt {
        try #require(writer.record([recordable]).first).get()
    }

    /// The one value of a query, as text; nil for SQL null.
    func value(_ sql: String) throws -> String? {
        try superuser.query("select (\(sql))::text", []).only().optionalText(0)
    }
}
