import Glibc

/// A value that one thread at a time may use, behind a pthread mutex.
///
/// Synchronization's `Mutex` does the same, but ThreadSanitizer does not see its lock and reports every use. It sees
/// this lock, and so can check the values that pass between threads.
///
/// @unchecked: `value` is touched only while the mutex is held.
public final class Locked<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    /// Takes over the value; nothing else may refer to its content, unless that is Sendable.
    public init(_ value: sending Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    /// Runs the closure with the value, alone. Must not be called again inside the closure: that would deadlock.
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
