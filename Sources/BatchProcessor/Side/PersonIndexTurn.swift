import Ledger
import LogLines
import Logging
import Platform
import Settings

/// Fills the person index, if its key exists.
struct PersonIndexTurn: SideTurn {
    let failure = LoggedEvent.personIndexNotFilled

    /// The time of one turn, in nanoseconds.
    private static let time: Int64 = 4_000_000_000

    func run(_ side: SideLoop) throws {
        guard let key = Self.key(side) else { return }
        let end = SystemClock.monotonicNanoseconds() + Self.time
        _ = try PersonIndex(key: key, over: side.connection()).run(
            until: { side.giveWay() || SystemClock.monotonicNanoseconds() > end })
    }

    /// The key of this host; nil if there is none, or after a report that it cannot be read.
    static func key(_ side: SideLoop) -> PersonKey? {
        do throws(KeyFileProblem) {
            return try KeyFile.existing(side.settings.keys.person).map { PersonKey($0) }
        } catch {
            side.logger.report(.personKeyNotRead, ["error": "\(error)"])
            return nil
        }
    }
}
