public import Platform

/// Why a server could not start or continue. The program exits with 1 and its supervisor restarts it.
public enum ServerError: Error, Equatable, Sendable {
    /// FCGX_Init failed with this code.
    case library(Int32)
    /// File descriptor 0 is not a listening socket, or no longer one.
    case listener(SystemCallError)
    /// The kernel gave no epoll set, event counter or thread.
    case resources(SystemCallError)
}
