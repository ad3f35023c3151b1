/// The turns of replayed jobs among the claimed ones: live jobs come first, but of 20 jobs one is of a replay while any
/// waits.
struct ReplayTurns {
    /// The least priority number of a replay's job (`replay_priority()`).
    static let priority = 10
    /// One turn in this many.
    static let share = 20

    /// How many live jobs were claimed since the last one of a replay.
    private var live = 0

    /// How many of the next jobs are to be of replays.
    /// - Parameter limit: how many jobs are claimed at most.
    func due(_ limit: Int) -> Int { (live + limit) / Self.share }

    /// What was claimed while jobs of replays were ready. If none of them was due, none waits for a turn.
    mutating func note(live claimed: Int, replayed: Int) {
        let since = live + claimed
        live = replayed > 0 ? max(0, since + replayed - replayed * Self.share) : since >= Self.share ? 0 : since
    }
}
