import Patience
import Platform
import Postgres

/// A session with a thread of its own that does one thing at a time, whenever it is started.
final class Player: Sendable {
    /// What it does. Returns its outcome, in a word or two.
    typealias Work = @Sendable (Connection) throws -> String

    private struct State {
        var pid: Int32?
        var isStarted = false
        var outcome: String?
        var isOver = false
    }

    private let state = Monitor(State())
    /// The gates at which it stops.
    let points: [String]

    /// - Parameters:
    ///   - number: from 0.
    ///   - conninfo: of the role that does this in production.
    init(_ number: Int, as conninfo: String, stoppingAt points: [String], _ work: @escaping Work) throws {
        self.points = points
        _ = try Thread(name: "player-\(number)") { [state] in
            do {
                let connection = try Connection(
                    conninfo: conninfo, applicationName: "player-\(number)",
                    settings: [
                        ("search_path", "hookledger"), ("gates.player", "\(number)"),
                        ("gates.points", points.joined(separator: ",")),
                    ], queryDeadline: .seconds(30))
                state.change { $0.pid = connection.backendPID }
                while state.wait({ $0.isStarted && $0.outcome == nil || $0.isOver ? !$0.isOver : nil }) == true {
                    let outcome: String
                    do {
                        outcome = try work(connection)
                    } catch let error as PostgresError {
                        outcome = "error \(error.state?.rawValue ?? "\(error)")"
                    }
                    state.change { $0.outcome = outcome }
                }
            } catch {
                state.change { $0.outcome = "\(error)" }
            }
        }
    }

    /// Its backend; nil if it could not connect within ten seconds.
    var pid: Int32? { state.wait(timeout: .seconds(patience)) { $0.pid } }

    /// Begins its work.
    func start() { state.change { $0.isStarted = true } }

    /// The outcome; nil until then.
    var outcome: String? { state.withLock(\.outcome) }

    /// Forgets the last outcome.
    func reset() { state.change { ($0.isStarted, $0.outcome) = (false, nil) } }

    /// Ends the thread, and with it the session.
    func end() { state.change { $0.isOver = true } }
}
