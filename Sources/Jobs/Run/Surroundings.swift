import Postgres

/// What a run hears every second from the database.
package struct Surroundings: Sendable {
    /// What is paused.
    package let pauses: Pauses
    /// How many runs are at work, this one included: they share the limits of destinations.
    package let runs: Int

    /// Those facts; alone, and with nothing paused, unless they say otherwise.
    package init(pauses: Pauses = Pauses(), runs: Int = 1) {
        self.pauses = pauses
        self.runs = max(1, runs)
    }

    static func load(on connection: Connection) throws(PostgresError) -> Surroundings {
        var names: [(kind: String, name: String)] = []
        var runs = 1
        for row in try connection.query(RunSQL.surroundings) {
            runs = try row.int("runs")
            if let kind = try row.optionalText("kind") { names.append((kind, try row.text("name"))) }
        }
        return Surroundings(pauses: Pauses(names), runs: runs)
    }
}
