public import Platform

/// A log message outside any request.
public enum ServerNotice: Sendable, Equatable {
    /// No descriptors or memory for another connection; the worker pauses for 100 ms and retries.
    case exhausted(SystemCallError)
    /// A connection without a complete request was closed without an answer.
    case connectionDropped
    /// A worker cannot continue; the server stops.
    case workerFailed(ServerError)
    /// The drain timeout ended with this many requests still unanswered.
    case abandoned(requests: Int)
}
