import Jobs
import Platform
import Settings

/// The settings of the run, which a reload replaces: the work by the old ones ends early, and continues by the new ones.
final class Turns: Sendable {
    /// Work by some settings until its flag is raised.
    struct Turn {
        let settings: Settings
        let stop: StopFlag
    }

    private struct State {
        var turn: Turn
        var isOver = false
    }

    private let state: Locked<State>

    init(_ settings: Settings) { state = Locked(State(turn: Turn(settings: settings, stop: StopFlag()))) }

    /// The present turn.
    var current: Turn { state.withLock { $0.turn } }

    /// Ends the present turn, and begins another one.
    func replace(by settings: Settings) {
        let next = Turn(settings: settings, stop: StopFlag())
        state.withLock { state -> Turn in
            defer { if !state.isOver { state.turn = next } }
            return state.turn
        }.stop.raise()
    }

    /// Ends the present turn for good.
    func end() {
        state.withLock { state -> Turn in
            state.isOver = true
            return state.turn
        }.stop.raise()
    }

    /// The turn that replaced one; nil if none did.
    func next(after turn: Turn) -> Turn? {
        let now = current
        return now.stop === turn.stop ? nil : now
    }
}
