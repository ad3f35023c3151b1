import Platform
public import Postgres

/// Why a delivery could not be recorded.
public enum RecordFailure: Error, Sendable {
    /// Postgres cannot be reached, or did not answer in time: whether the batch was committed is not known. Recording
    /// it again is safe, because the dedupe key turns a commit that did happen into a duplicate.
    case unavailable(PostgresError)
    /// Another transaction holds a row or a table of this delivery. Nothing was recorded; soon it may be.
    case busy
    /// Postgres refused the delivery's own values: it will refuse them again.
    case refused(PostgresError)
    /// Postgres failed at this delivery, and its values are not known to be the reason: a right, a function, a partition
    /// or the room for a character is missing, or a trigger failed. Nothing was recorded.
    case failed(PostgresError)

    /// The failure of a delivery that was sent alone.
    init(_ error: PostgresError) {
        self =
            switch error.state {
            case _ where error.isFromUnreachableStore: .unavailable(error)
            case .lockNotAvailable?: .busy
            case _ where Mutation.isOn("own-fault-is-a-refusal"): .refused(error)
            case let state? where state.isDataError && error.isOfValues: .refused(error)
            default: .failed(error)
            }
    }
}

extension PostgresError {
    /// Whether the session, or the server's resources, failed, and not a statement.
    var isFromUnreachableStore: Bool { connectionLost || state?.isResource == true || state == .queryCanceled }

    /// Some errors have the codes of wrong values and other causes: the encoding of the database (22P05), a row that
    /// another transaction created (23505), and a partition that does not exist (23514 without a constraint).
    fileprivate var isOfValues: Bool {
        switch state {
        case .untranslatableCharacter?, .uniqueViolation?: false
        case .checkViolation?: constraint != nil
        default: true
        }
    }
}
