import Ledger
import Platform
import Postgres
import Settings

/// The connection limits of the roles.
struct LimitDoctor {
    let settings: Settings

    /// Compares them with the needs of one host, and their sum with the server's slots.
    func finding(_ connection: Connection) throws(PostgresError) -> Finding {
        let row = try connection.query(DoctorSQL.slots).only()
        let slots = try row.int("slots")
        var sum = 0
        var open: [String] = []
        var low: [String] = []
        let committers = settings.responder.committers(processors: Processors.usable)
        let limits = try ConnectionLimits(
            hosts: 1, slots: settings.batch.slots, committers: committers, place: .init(of: connection)
        ).limits
        for limit in limits {
            let set = try connection.query(DoctorSQL.limit, [.text(limit.role)]).only().int(0)
            sum += max(0, set)
            if set < 0 { open.append(limit.role) }
            if set >= 0, set < limit.sessions { low.append("\(limit.role) has \(set) and needs \(limit.sessions)") }
        }
        let advice = "hookledger migrate --hosts N --committers \(committers) sets the limits for N hosts"
        if !low.isEmpty {
            return Finding("connection limits", .warning, low.joined(separator: "; "), advice: advice)
        }
        if !open.isEmpty {
            return Finding(
                "connection limits", .warning, "\(open.joined(separator: ", ")) may take every slot of the server",
                advice: advice)
        }
        if sum > slots {
            return Finding(
                "connection limits", .warning,
                "together the roles may open \(sum) sessions, and the server takes \(slots)",
                advice: "raise max_connections of the server")
        }
        return Finding("connection limits", .ok, "the roles may open \(sum) sessions, the server takes \(slots)")
    }
}
