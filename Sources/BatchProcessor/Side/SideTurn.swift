import LogLines

/// A recurring work of a run beside its jobs.
protocol SideTurn {
    /// The time between two turns, in milliseconds; nil for one turn in each run.
    var interval: Int64? { get }
    /// Whether it takes place once even in a run that is over at once.
    var isForEveryRun: Bool { get }
    /// What the log says if it fails. The next turn tries again.
    var failure: LoggedEvent { get }
    /// Works. A long turn asks ``SideLoop/giveWay()`` between its steps, so that more urgent turns do not wait for its end.
    func run(_ side: SideLoop) throws
}

extension SideTurn {
    /// Most turns look for work every five seconds.
    var interval: Int64? { 5000 }
    var isForEveryRun: Bool { true }
}
