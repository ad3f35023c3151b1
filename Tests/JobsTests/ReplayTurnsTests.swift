import Testing

@testable import Jobs

@Suite struct ReplayTurnsTests {
    /// Of twenty jobs one is of a replay, however few are claimed at a time.
    @Test(arguments: [1, 3, 20, 100])
    func oneInTwentyIsOfAReplay(limit: Int) {
        var turns = ReplayTurns()
        var (live, replayed) = (0, 0)
        while live + replayed < 10_000 {
            let due = turns.due(limit)
            turns.note(live: limit - due, replayed: due)
            (live, replayed) = (live + limit - due, replayed + due)
        }
        #expect(replayed * 20 >= live + replayed - 20 && replayed * 10 < live)
    }

    /// When none of a replay is due, none keeps a place free for long.
    @Test func nothingIsKeptForThoseThatAreNotDue() {
        var turns = ReplayTurns()
        for _ in 0..<1000 {
            #expect(turns.due(10) <= 1)
            turns.note(live: 10 - turns.due(10), replayed: 0)
        }
    }
}
