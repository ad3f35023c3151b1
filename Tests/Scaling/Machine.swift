/// A machine with some cores. Tasks share them in turns of a millisecond, as processes do.
final class Machine {
    private static let slice = 1000.0

    let cores: Int
    private let timeline: Timeline
    private var busy = 0
    private var waiting = Waiting<(demand: Double, end: () -> Void)>()
    /// Microseconds of processor time that were used.
    private(set) var used = 0.0

    init(cores: Int, timeline: Timeline) {
        self.cores = cores
        self.timeline = timeline
    }

    /// Uses the processor, then does what follows.
    /// - Parameter demand: microseconds of processor time.
    func use(_ demand: Double, then end: @escaping () -> Void) {
        waiting.append((demand, end))
        begin()
    }

    private func begin() {
        guard busy < cores, let task = waiting.popFirst() else { return }
        busy += 1
        let turn = min(task.demand, Self.slice)
        timeline.after(turn) { [self] in
            busy -= 1
            used += turn
            if turn < task.demand { waiting.append((task.demand - turn, task.end)) } else { task.end() }
            begin()
        }
    }
}
