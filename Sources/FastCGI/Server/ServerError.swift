public import Platform

/// Why a server could not start, or could not go on. The program exits with 1 and its supervisor starts it again.
public enum ServerError: Error, Equatable, Sendable {
    /// FCGX_Init failed with this code.
    case library(Int32)
    /// File descriptor 0 is no listening socket, or is one no more.
    case listener(SystemCallError)
    /// The kernel gave no epoll set, event counter or thread.
    case resources(SystemCallError)
}
