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
}
