import Ledger
import Platform
import Postgres
import Webhooks

/// The committing thread's connection, opened when needed and after a loss.
struct Store: ~Copyable {
    private let conninfo: String
    private let deadline: Duration
    private var writer: LedgerWriter?

    init(conninfo: String, deadline: Duration) {
        self.conninfo = conninfo
        self.deadline = deadline
    }

    /// Records a batch. When the connection turns out to be dead the batch is recorded again over a new one:
    /// what the lost one did commit comes back as a duplicate and is answered like the first. Not when that has taken
    /// the deadline: nobody waits for it then.
    mutating func record(_ batch: [Recordable]) -> [Result<Receipt, RecordFailure>] {
        let end = SystemClock.monotonicNanoseconds() + deadline.nanoseconds
        var results = attempt(batch)
        guard SystemClock.monotonicNanoseconds() < end else { return results }
        let lost = results.contains {
            if case .failure(.unavailable(let error)) = $0 { error.connectionLost } else { false }
        }
        if lost, writer?.isUsable != true {
            let again = batch.indices.filter { if case .failure(.unavailable) = results[$0] { true } else { false } }
            for (place, result) in zip(again, attempt(again.map { batch[$0] })) { results[place] = result }
        }
        return results
    }

    /// Sends a ping, over a new connection if there is none.
    mutating func probe() throws(PostgresError) {
        try open().ping()
    }

    /// Writes a sample of refusals, again over a new connection when the old one was dead.
    mutating func refuse(_ refusals: [RefusedDelivery]) throws(PostgresError) {
        do {
            try open().refuse(refusals)
        } catch {
            guard error.connectionLost else { throw error }
            try open().refuse(refusals)
        }
    }

    private mutating func attempt(_ batch: [Recordable]) -> [Result<Receipt, RecordFailure>] {
        do {
            return try open().record(batch)
        } catch {
            return batch.map { _ in .failure(.unavailable(error)) }
        }
    }

    private mutating func open() throws(PostgresError) -> LedgerWriter {
        if let writer {
            if !writer.isUsable { try writer.reset() }
            return writer
        }
        let made = try LedgerWriter(conninfo: conninfo, deadline: deadline)
        writer = made
        return made
    }
}
