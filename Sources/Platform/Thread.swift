import Glibc
import Synchronization

/// A kernel thread (pthreads(7)) that runs one closure: for C calls that block, which would stall Swift's own pool.
public final class Thread: Sendable {
    private let handle: pthread_t
    private let isReleased = Atomic<Bool>(false)

    /// Starts a thread; it inherits the signal mask of the caller (pthread_sigmask(3)).
    ///
    /// - Parameters:
    ///   - name: shown by ps(1) and top(1); the kernel keeps its first 15 bytes (proc(5), comm).
    ///   - body: runs once on the new thread; its captures are released when it returns.
    /// - Throws: `SystemCallError` of pthread_create(3), mostly EAGAIN: no thread was started.
    public init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemCallError) {
        let start = Start(name: Thread.kernelName(name), body: body)
        var handle = pthread_t()
        // The new thread takes over the retain; when there is no new thread, it is given back here.
        let box = Unmanaged.passRetained(start)
        let code = pthread_create(&handle, nil, Thread.entry, box.toOpaque())
        guard code == 0 else {
            box.release()
            throw SystemCallError(call: "pthread_create", code: code)
        }
        self.handle = handle
    }

    /// Waits until the closure has returned. A second call returns at once, without waiting.
    public func join() {
        guard !isReleased.exchange(true, ordering: .acquiringAndReleasing) else { return }
        pthread_join(handle, nil)
    }

    /// A thread that nobody joined runs on its own; the kernel frees it when it ends.
    deinit {
        if !isReleased.load(ordering: .acquiring) { pthread_detach(handle) }
    }

    private static let entry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        guard let argument else { return nil }
        let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        Thread.setKernelName(start.name)
        start.body()
        return nil
    }

    /// Swift sees neither pthread_setname_np nor prctl(2); /proc/thread-self/comm is the same (proc(5)).
    /// A machine without /proc keeps the program's name: no reason to fail.
    private static func setKernelName(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = write(file, name, name.utf8.count)
        close(file)
    }

    /// At most 15 bytes, and no half of a character.
    private static func kernelName(_ name: String) -> String {
        var short = name
        while short.utf8.count > 15 { short.removeLast() }
        return short
    }
}

/// The start arguments of a new thread.
private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}
