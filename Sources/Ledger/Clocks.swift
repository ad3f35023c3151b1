public import Platform
public import Postgres
import Settings
public import Webhooks

/// Several clocks at one moment, for a step that cannot be undone. The earliest clock decides. When the clocks disagree, a
/// person decides.
public struct Clocks: Sendable, Hashable {
    /// What one clock says.
    public struct Reading: Sendable, Hashable {
        /// Whose clock it is, for people.
        public let name: String
        /// Its time.
        public let time: Timestamp
    }

    /// By how much two clocks may differ, in microseconds.
    public static let tolerance: Int64 = 60_000_000

    /// The clocks that are known.
    public let readings: [Reading]
    /// When the last retention began, by Postgres' clock; nil if none ever has.
    public let lastRetention: Timestamp?

    /// - Parameters:
    ///   - own: this program's clock.
    ///   - accuracy: what the kernel says about it.
    ///   - database: Postgres' clock.
    ///   - responder: the responder's clock at its last report; nil if none has ever reported.
    ///   - lastRetention: when the last retention began; nil if none ever has.
    public init(
        own: Timestamp, accuracy: ClockAccuracy, database: Timestamp, responder: Timestamp?,
        lastRetention: Timestamp? = nil
    ) {
        self.lastRetention = lastRetention
        var readings = [Reading(name: "this machine", time: own), Reading(name: "Postgres", time: database)]
        if case .within(let microseconds) = accuracy {
            let earliest = Timestamp(microseconds: own.microseconds - microseconds)
            readings.append(Reading(name: "this machine at the earliest, by its time service", time: earliest))
        }
        if let responder { readings.append(Reading(name: "the responder at its last report", time: responder)) }
        self.readings = readings
    }

    /// Reads all of them.
    /// - Parameter connection: of the role `hookledger_batch` or `hookledger_operator`.
    public static func read(on connection: Connection) throws(PostgresError) -> Clocks {
        let row = try connection.query("select * from hookledger.known_clocks()").only()
        return Clocks(
            own: SystemClock.now, accuracy: .read(),
            database: Timestamp(microseconds: try row.timestamp("database_clock")),
            responder: try row.optionalTimestamp("responder_clock").map { Timestamp(microseconds: $0) },
            lastRetention: try row.optionalTimestamp("last_retention").map { Timestamp(microseconds: $0) })
    }

    /// The time of the earliest clock.
    public var earliest: Timestamp {
        (Mutation.isOn("retention-by-own-clock") ? Array(readings[..<1]) : readings).map(\.time).min()
            ?? Timestamp(microseconds: .min)
    }

    /// What each clock says, if two differ by more than the tolerance.
    public var disagreement: String? {
        let times = readings.map(\.time.microseconds)
        if Mutation.isOn("clocks-may-differ") { return nil }
        guard let first = times.min(), let last = times.max(), last - first > Self.tolerance else { return nil }
        return "the clocks differ by more than a minute (\(description))"
    }

    /// What each clock says.
    public var description: String { readings.map { "\($0.name): \($0.time.rfc3339)" }.joined(separator: ", ") }
}
