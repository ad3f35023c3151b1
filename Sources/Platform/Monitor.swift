import Glibc

/// A value that several threads share and on whose changes they wait: a mutex and a condition variable
/// (pthread_cond_wait(3p)). For small shared state without waiting use Synchronization's `Mutex`.
public final class Monitor<Value: Sendable>: @unchecked Sendable {
    // @unchecked Sendable because `value` is only touched while `mutex` is held; both pthread objects live at a fixed
    // address from init to deinit.
    private var value: Value
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// Shares `value`.
    public init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` with the value, alone.
    public func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure)
        -> Result
    {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Runs `body` with the value, alone, then wakes every thread that waits for a change.
    public func change<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return body(&value)
    }

    /// Waits until `take` returns something and returns it; `take` runs alone with the value, now and after each
    /// change.
    /// - Parameter timeout: how long to wait at the most, on the monotonic clock; nil waits without limit.
    /// - Returns: nil when the time is over.
    public func wait<Result>(timeout: Duration? = nil, _ take: (inout Value) -> Result?) -> Result? {
        var until = timespec()
        if let timeout {
            clock_gettime(CLOCK_MONOTONIC, &until)
            let nanoseconds = Int(timeout.components.attoseconds / 1_000_000_000) + until.tv_nsec
            until.tv_sec += Int(timeout.components.seconds) + nanoseconds / 1_000_000_000
            until.tv_nsec = nanoseconds % 1_000_000_000
        }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = take(&value) { return result }
            if timeout == nil {
                pthread_cond_wait(changed, mutex)
            } else if pthread_cond_timedwait(changed, mutex, &until) == ETIMEDOUT {
                return take(&value)
            }
        }
    }
}
