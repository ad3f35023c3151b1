import LocalStack
import Platform
import StackSuite

/// What happens to a stack under load, without warning.
enum Blow: CaseIterable {
    case killResponder, killBatch, killBackends, freezeBackends, killPostmaster

    /// Does it.
    ///
    /// - Returns: whether there was something to hit.
    func strike(_ stack: LocalStack, _ books: StackBooks) async throws -> Bool {
        switch self {
        case .killResponder: return try kill(in: stack) { $0 == "ingest" }
        case .killBatch: return try kill(in: stack) { $0.hasPrefix("batch") }
        case .killBackends:
            // One would do: Postgres ends all the others, and recovers from its log.
            let pids = backends(books)
            return !pids.isEmpty && pids.allSatisfy { ChildProcess.Signal.kill.send(to: $0) }
        case .freezeBackends:
            let pids = backends(books)
            for pid in pids { ChildProcess.Signal.stop.send(to: pid) }
            try? await Task.sleep(for: .milliseconds(2_500))
            for pid in pids { ChildProcess.Signal.resume.send(to: pid) }
            return !pids.isEmpty
        case .killPostmaster:
            guard let pid = try PostgresCluster(folder: stack.folder.path).pid else { return false }
            return ChildProcess.Signal.kill.send(to: pid)
        }
    }

    private func kill(in stack: LocalStack, _ isMeant: (String) -> Bool) throws -> Bool {
        let pids = try TestStack.processes(stack.folder).filter { isMeant($0.key) }.values
        return pids.reduce(false) { ChildProcess.Signal.kill.send(to: $1) || $0 }
    }

    /// Those that serve the responder and the batch processor; none while Postgres recovers.
    private func backends(_ books: StackBooks) -> [Int32] {
        let sql =
            "select pid from pg_stat_activity where application_name in ('hookledger-responder','hookledger-batch')"
        return ((try? books.lines(sql)) ?? []).compactMap { Int32($0) }
    }
}
