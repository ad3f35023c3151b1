public import Platform

/// Something for the log that no request can tell.
public enum ServerNotice: Sendable, Equatable {
    /// No descriptors or memory for another connection; the worker pauses for 100 ms and tries again.
    case exhausted(SystemCallError)
    /// A connection brought no complete request and was closed without an answer.
    case connectionDropped
    /// A worker can not go on; the server stops.
    case workerFailed(ServerError)
    /// The drain timeout ended with this many requests still unanswered.
    case abandoned(requests: Int)
}
