import Platform
import Postgres

extension Blow {
    /// The programs are replaced, and the responder is restarted as a package does it.
    static let deployPrograms = Blow("deploy of programs", weight: 3) { stand, _ in
        try stand.deploys.change()
        return stand.signal("ingest", .terminate)
    }

    /// A migration alters a table under load, and the responder is restarted after it.
    static let deployMigration = Blow("deploy of a migration", weight: 2) { stand, _ in
        let sql = "select max(version) from hookledger.schema_migrations"
        guard let applied = try? stand.pair.connect().query(sql).only().int(0) else { return false }
        try stand.deploys.addMigration(after: applied)
        try stand.deploys.migrate(stand.pair.conninfo(user: "postgres"))
        return stand.signal("ingest", .terminate)
    }
}
