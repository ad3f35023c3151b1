import Glibc

/// A value that one thread at a time may use, behind a pthread mutex.
///
/// Synchronization's `Mutex` does the same, but ThreadSanitizer does not see its lock and reports every use; this one
/// it sees, and so can check what the lock hands from thread to thread.
///
/// @unchecked: `value` is touched only while the mutex is held.
public final class Locked<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    /// Takes the value over; nothing else may refer to what is inside it, unless that is Sendable.
    public init(_ value: sending Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    /// Runs the closure with the value, alone. Must not be called again inside the closure: that would wait for ever.
    ///
    /// - Returns: what the closure returns.
    public func withLock<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deinitialize(count: 1)
        mutex.deallocate()
    }
}
