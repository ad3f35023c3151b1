import Platform
public import Postgres

/// Why a delivery could not be recorded.
public enum RecordFailure: Error, Sendable {
    /// Postgres cannot be reached, or did not answer in time, or there was no time to find the delivery of the batch at which
    /// it failed: whether the batch was committed is not known. Recording it again is safe, because the dedupe key turns a
    /// commit that did happen into a duplicate.
    case unavailable(PostgresError)
    /// Another transaction holds a row or a table of this delivery. Nothing was recorded; soon it may be.
    case busy
    /// The cell that holds the delivery's shop cannot be reached, and nothing is known of it; the cells of other shops store.
    case away
    /// Postgres refused the delivery's own values: it will refuse them again.
    case refused(PostgresError)
    /// Postgres failed at this delivery, and its values are not known to be the reason: a right, a function, a partition
    /// or the room for a character is missing, a trigger failed, or it took too long or too much memory. Nothing was recorded.
    case failed(PostgresError)

    /// The failure of a delivery that was sent alone.
    init(_ error: PostgresError) {
        self =
            switch error.state {
            case _ where error.isFromUnreachableStore: .unavailable(error)
            case .lockNotAvailable?: .busy
            case _ where Mutation.isOn("own-fault-is-a-refusal"): .refused(error)
            case _ where error.isOfValues: .refused(error)
            default: .failed(error)
            }
    }
}

extension PostgresError {
    /// Whether the session, or the server's resources, failed, and not a statement: one delivery alone can take too much
    /// memory or time.
    var isFromUnreachableStore: Bool {
        connectionLost || state?.isResource == true && state != .outOfMemory && state != .configurationLimitExceeded
    }

    /// Of class 22 (data exception) two have other causes: the encoding of the database (22P05), and a sequence at its end
    /// (2200H). Class 23 has other causes only: a constraint that all values of the ledger meet, or none do; a key that another
    /// transaction took; a partition that does not exist.
    fileprivate var isOfValues: Bool {
        guard let state, state.errorClass == "22" else { return false }
        return state != .untranslatableCharacter && state != .sequenceAtItsEnd
    }
}
