import JSON
public import Postgres
import Synchronization

/// Counts in memory, and adds what was counted to the table `metrics` when asked to: never inside the transaction of a
/// webhook or a job.
public final class Metrics: Sendable {
    /// A label's name and value.
    public typealias Label = (name: String, value: String)

    struct Key: Hashable {
        let name: String
        let labels: String
    }

    private let counts = Mutex<[Key: Double]>([:])
    private let program: String

    /// More keys than this are not kept: whoever can invent labels must not fill the memory.
    private static let mostKeys = 5000

    /// - Parameter program: who counts: `ingest`, `api` or `batch`.
    public init(program: String) { self.program = program }

    /// Adds to a counter. Never blocks for long.
    public func count(_ metric: Metric, _ labels: [Label], by amount: Double = 1) {
        add([(Key(name: metric.rawValue, labels: Self.text(labels)), amount)])
    }

    /// Notes a time in a histogram.
    public func observe(_ metric: Metric, seconds: Double, _ labels: [Label] = []) {
        let name = metric.rawValue
        var steps = metric.bounds.filter { seconds <= $0 }.map { bound in
            (Key(name: name + "_bucket", labels: Self.text(labels + [("le", "\(bound)")])), 1.0)
        }
        steps.append((Key(name: name + "_bucket", labels: Self.text(labels + [("le", "+Inf")])), 1))
        steps.append((Key(name: name + "_sum", labels: Self.text(labels)), seconds))
        steps.append((Key(name: name + "_count", labels: Self.text(labels)), 1))
        add(steps)
    }

    /// Adds what was counted to the table; what could not be added is counted on.
    public func flush(over connection: Connection) throws(PostgresError) {
        let taken = counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
        if taken.isEmpty { return }
        let keys = Array(taken.keys)
        do {
            _ = try connection.query(
                "select hookledger.add_metrics($1::text, $2::text[], $3::jsonb[], $4::numeric[]::double precision[])",
                [
                    .text(program), .texts(keys.map(\.name)), .jsonbs(keys.map(\.labels)),
                    .numerics(keys.map { "\(taken[$0] ?? 0)" }),
                ])
        } catch {
            add(taken.map { ($0.key, $0.value) })
            throw error
        }
    }

    private func add(_ steps: [(Key, Double)]) {
        counts.withLock { counts in
            for (key, amount) in steps where counts.count < Self.mostKeys || counts[key] != nil {
                counts[key, default: 0] += amount
            }
        }
    }

    private static func text(_ labels: [Label]) -> String {
        JSONValue.storableText(ofMembers: labels.map { (key: $0.name, value: .string($0.value)) })
    }
}
