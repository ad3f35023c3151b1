/// The settings of a server.
public struct ServerConfiguration: Sendable {
    /// Threads that accept, read, handle and answer. They work; they do not wait for commits.
    public var workers = 2
    /// Requests in flight, at most. Further ones are not accepted: they wait in the kernel's listen queue.
    public var capacity = 1024
    /// How long a single read or write on a connection may take, in milliseconds.
    public var receiveTimeout = 5_000
    /// How much of a refused body is still read, in bytes.
    public var drainLimit = 8 << 20
    /// How long requests in flight may take after a signal to stop, in milliseconds.
    public var drainTimeout = 10_000

    /// The defaults; change what differs.
    public init() {}
}
