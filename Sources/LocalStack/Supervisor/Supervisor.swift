internal import Platform

/// The process behind a running stack: it starts every part, restarts dead ones, runs the batch processor every minute,
/// and ends all of them on request.
public struct Supervisor: ~Copyable {
    let options: StackOptions
    let folder: StackFolder
    let stop: StopRequest
    var processes: ProcessList
    var cluster: PostgresCluster?
    var children: [SupervisedChild] = []
    var batch: BatchSchedule?
    var batchRuns = 0
    var sockets: String?
    private let startedAt = ContinuousClock.now

    /// Runs a stack until SIGTERM, SIGINT or SIGHUP; blocks. Log lines go to standard error.
    ///
    /// - Parameters:
    ///   - options: what to start.
    ///   - parent: the parent of this process, at whose end the stack stops; nil for none.
    /// - Throws: ``StackError`` when a part does not start; the parts that had started are stopped.
    public static func run(
        _ options: StackOptions, parent: Int32?
    ) throws(StackError) {
        var supervisor = Supervisor(options, try StopRequest(parent: parent))
        do throws(StackError) {
            try supervisor.start()
            try supervisor.tendUntilStopped()
        } catch {
            supervisor.endAll()
            throw error
        }
        supervisor.endAll()
    }

    /// The prefix of the error text of ``run(_:parent:)`` on standard error, by which the starting process finds it in
    /// the log.
    public static let errorMark = "hookledger: error: "

    private init(_ options: StackOptions, _ stop: StopRequest) {
        self.options = options
        self.stop = stop
        folder = StackFolder(options.folder)
        processes = ProcessList(folder)
    }

    private mutating func tendUntilStopped() throws(StackError) {
        log("started")
        while !stop.isMade {
            try tend()
            SystemClock.sleep(milliseconds: 50)
        }
        log("stopping")
    }

    mutating func tend() throws(StackError) {
        do {
            if let cluster, !cluster.isRunning {
                log("postgres ended; restarting")
                try cluster.start()
            }
            for index in children.indices {
                let name = children[index].name
                switch try children[index].tend() {
                case .started:
                    try processes.set(name, children[index].pid)
                case .ended(let status, let pause):
                    try giveUpIfMisconfigured(children[index], status)
                    log("\(name) ended (\(status)); restarting in \(pause)")
                    try processes.set(name, nil)
                case nil: break
                }
            }
            guard let result = try batch?.tend() else { return }
            for status in result.failures { log("a batch run ended (\(status)); see \(folder.log("batch"))") }
            if result.started {
                batchRuns += 1
                // Runs overlap by a few seconds: two names are enough, three leave room.
                try processes.set("batch-\(batchRuns % 3)", batch?.pids.last)
            }
        } catch let error as StackError {
            throw error
        } catch {
            // A machine without memory or file descriptors for a moment; the next round tries again.
            log("\(error)")
            SystemClock.sleep(milliseconds: 500)
        }
    }

    /// A program that does not take its arguments (64 of sysexits.h) or configuration (78) at the start of the stack
    /// will not take them the next time, either.
    private func giveUpIfMisconfigured(_ child: SupervisedChild, _ status: ExitStatus) throws(StackError) {
        let isYoung = ContinuousClock.now - startedAt < .seconds(30)
        guard isYoung, [.exited(64), .exited(78)].contains(status) else { return }
        let log = ((try? Files.readText(child.log)) ?? "").suffix(2_000)
        throw StackError(.failed, "\(child.name) does not start (\(status)); \(child.log) ends with:\n\(log)")
    }

    /// First stop new requests; the database ends last.
    private mutating func endAll() {
        for index in children.indices.reversed() {
            children[index].end(children[index].name == "nginx" ? .quit : .terminate)
        }
        batch?.end()
        cluster?.stop()
        for path in [sockets, folder.state, folder.processes].compactMap({ $0 }) { try? Files.remove(path) }
    }

    func log(_ text: String) { StandardError.write("hookledger: \(text)") }
}
