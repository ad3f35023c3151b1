import JobsSupport
import Postgres
import Settings

@testable import Jobs

/// A database with one action that takes alerts, and the look for their causes.
struct AlertDesk {
    let fixture: JobsFixture
    /// As the batch role.
    let connection: Connection

    init() throws {
        fixture = try JobsFixture()
        connection = try fixture.connect()
        try fixture.superuser.execute(
            "insert into action_states (action, kind, blocks) values ('slack', 'slack', false)")
    }

    /// Looks for causes as if the last look had been a minute ago.
    /// - Returns: how many alerts were raised.
    func raise() throws -> Int {
        try fixture.superuser.execute(
            """
            insert into alerts (topic, raised_at) values ('causes', now() - interval '1 minute')
            on conflict (topic) do update set raised_at = excluded.raised_at
            """)
        return try CauseAlerts.raise(.none, through: [AlertChannel("slack", destination: "s:443")], on: connection)
    }
}
