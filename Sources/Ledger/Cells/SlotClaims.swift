public import Postgres

/// Which cell has each slot, by what the cells say. Two have one if a cell was restored from a backup that is older than the move of the
/// slot to the other: then the cell that opened it last is right.
public struct SlotClaims: Sendable {
    /// Slots that a cell holds though they have moved.
    public struct Moved: Sendable, Hashable {
        /// The slots, in order.
        public let slots: [Int]
        /// The cell that was restored.
        public let stale: String
        /// The cell that opened them last.
        public let right: String
        /// When it opened the first of them, in microseconds since 1970.
        let since: Int64
    }

    /// Those of all cells.
    public let moved: [Moved]
    private let right: [Int: String]

    /// - Parameter cells: what each cell says; one that cannot be reached is left out.
    public init(_ cells: [(name: String, state: CellState)]) {
        var claims: [Int: [(name: String, since: Int)]] = [:]
        for (name, state) in cells {
            for slot in Set(state.slots).subtracting(state.held) {
                claims[slot, default: []].append((name, state.since[slot] ?? 0))
            }
        }
        var right: [Int: String] = [:]
        var moved: [[String]: (slots: [Int], since: Int)] = [:]
        for (slot, holders) in claims {
            guard let last = holders.max(by: { ($0.since, $0.name) < ($1.since, $1.name) }) else { continue }
            right[slot] = last.name
            for holder in holders where holder.name != last.name {
                let known = moved[[holder.name, last.name]]
                moved[[holder.name, last.name]] = (
                    (known?.slots ?? []) + [slot], min(known?.since ?? last.since, last.since)
                )
            }
        }
        self.right = right
        self.moved = moved.map { names, found in
            Moved(slots: found.slots.sorted(), stale: names[0], right: names[1], since: Int64(found.since))
        }.sorted { ($0.stale, $0.right) < ($1.stale, $1.right) }
    }

    /// The cell that has a slot open; nil if none has.
    public func cell(of slot: Int) -> String? { right[slot] }
}

extension SlotClaims.Moved {
    /// Whether the old cell has stored deliveries of these slots since they are in the other one.
    /// - Parameter stale: a connection with the old cell.
    public func hasNews(on stale: Connection) throws(PostgresError) -> Bool {
        let last = try stale.query(CellSQL.lastReceipt, [.text(CellState.list(slots))]).only().optionalTimestamp(0)
        return last.map { $0 > since } ?? false
    }
}
