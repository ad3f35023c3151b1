import LogLines

/// Reports that a batch processor runs, and asks the gate.
struct HeartbeatTurn: SideTurn {
    let failure = LoggedEvent.heartbeatNotWritten

    func run(_ side: SideLoop) throws { try side.beat() }
}
