import Testing

@testable import Settings

/// Each program connects as a role of its own unless the configuration names a user.
@Suite struct RoleUserTests {
    @Test(arguments: [
        ("dbname=x", "dbname=x user=hookledger_batch"),
        ("dbname=x user=shop", "dbname=x user=shop"),
        ("service=shop", "service=shop"),
        ("postgresql://db.example/x", "postgresql://db.example/x?user=hookledger_batch"),
        (
            "postgresql://db.example/x?sslmode=require",
            "postgresql://db.example/x?sslmode=require&user=hookledger_batch"
        ),
        ("postgresql://shop@db.example/x", "postgresql://shop@db.example/x"),
        ("postgresql:///x?user=shop", "postgresql:///x?user=shop"),
    ])
    func aConnectionWithoutAUserIsTheRoles(written: String, used: String) {
        let settings = DatabaseSettings(common: ConnectionInfo(visible: written, password: nil), roles: [:])
        #expect(settings.connection(for: .batch).conninfo == used)
        #expect(settings.connection(for: .owner).conninfo == written)
    }

    /// What a role's entry does not name is that of the connection of all, and the user is the role's own. A string is a whole
    /// connection.
    @Test(arguments: [
        (
            "conninfo: host=db dbname=x", "{ password: { env: OWN } }",
            "host=db dbname=x user=hookledger_api password='own'"
        ),
        (
            "host: db, user: shop, password: { env: ALL }", "{ password: { env: OWN } }",
            "host=db user=shop password='own'"
        ),
        (
            "host: db, password: { env: ALL }", "{ host: other, port: 6432 }",
            "host=db host='other' port='6432' user=hookledger_api password='all'"
        ),
        ("host: db", "{ user: me, password: { env: OWN } }", "host=db user='me' password='own'"),
        (
            "conninfo: \"postgresql://db/x?sslmode=require\"", "{ dbname: y z, password: { env: OWN } }",
            "postgresql://db/x?sslmode=require&dbname=y%20z&user=hookledger_api&password=own"
        ),
        ("host: db, password: { env: ALL }", "\"dbname=z\"", "dbname=z user=hookledger_api"),
        ("host: db", "{ env: WHOLE }", "host=whole"),
    ])
    func anEntryOfARoleChangesParts(common: String, entry: String, used: String) throws {
        let machine = Machine(
            "database: { \(common), roles: { api: \(entry), owner: { host: owners } } }\n",
            environment: ["OWN": "own", "ALL": "all", "WHOLE": "host=whole"])
        let settings = try machine.load().database
        #expect(settings.connection(for: .api).conninfo == used)
        let user = common.contains("user: shop") ? "shop" : "hookledger_batch"
        #expect(settings.connection(for: .batch).conninfo.contains("user=\(user)"))
        let owner = settings.connection(for: .owner).conninfo
        #expect(owner.contains("owners") && !owner.contains("hookledger_owner"))
    }
}
