import Postgres

/// An action that tells people something.
struct AlertChannel: Sendable {
    let action: String
    /// Host and port; nil when that is not known.
    let destination: String?
    /// Itself and the actions that go to the very same place: where one of them fails, this one may fail as well.
    /// Another URL at the same host is another place.
    let kin: Set<String>

    /// - Parameter kin: the others that go to the very same place.
    init(_ action: String, destination: String? = nil, kin: Set<String> = []) {
        self.action = action
        self.destination = destination
        self.kin = kin.union([action])
    }

    /// The channels of those names.
    static func all(_ names: [String], among actions: [any Action]) -> [AlertChannel] {
        names.sorted().map { name in
            let action = actions.first { $0.name == name }
            let kin = actions.filter { action?.endpoint != nil && $0.endpoint == action?.endpoint }.map(\.name)
            return AlertChannel(name, destination: action?.destination, kin: Set(kin))
        }
    }

    /// Those whose destination answers and that could tell their last alert. After an hour one that could not has
    /// another try: else a single failure would silence it until a person looks.
    static func working(_ channels: [AlertChannel], on connection: Connection) throws(PostgresError) -> [AlertChannel] {
        var (away, failing): (Set<String>, Set<String>) = ([], [])
        for row in try connection.query(AlertsSQL.destinations, []) {
            away.insert(try row.text(0))
        }
        let dead = try connection.query(
            AlertsSQL.failingActions, [.text(Alerts.rule)])
        for row in dead { failing.insert(try row.text(0)) }
        return channels.filter { channel in
            channel.kin.isDisjoint(with: failing) && channel.destination.map { !away.contains($0) } ?? true
        }
    }
}
