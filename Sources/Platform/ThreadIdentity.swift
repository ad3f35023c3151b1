import Glibc

/// Identifies a running thread, to send a signal to it alone.
public struct ThreadIdentity: Sendable {
    let handle: pthread_t

    /// The calling thread (pthread_self(3)).
    public static var current: ThreadIdentity { ThreadIdentity(handle: pthread_self()) }
}
