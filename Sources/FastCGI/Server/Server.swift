import CFastCGI
import Platform
import Synchronization

/// A FastCGI responder on file descriptor 0 (FastCGI specification 1.0).
///
/// One request a connection: FCGI_KEEP_CONN is ignored, so that leftovers of one request can never be read as
/// another one. Set `fastcgi_keep_conn off` in nginx.
public final class Server: Sendable {
    private let shared: Shared
    private let state = Locked(State())

    private struct State {
        /// The thread in `run`, which waits for signals.
        var waiting: ThreadIdentity?
        var isStopRequested = false
        var failure: ServerError?
    }

    /// Prepares a server. Make it before the first thread of the process starts: it blocks SIGTERM, SIGINT and
    /// SIGUSR1 in the calling thread, which later threads inherit, and ignores SIGPIPE.
    ///
    /// - Parameters:
    ///   - handler: called from all workers at once.
    ///   - notify: for the log; called from workers, must not block for long.
    public init(
        configuration: ServerConfiguration, handler: any RequestHandler,
        notify: @escaping @Sendable (ServerNotice) -> Void = { _ in }
    ) throws(ServerError) {
        let code = Library.initialize()
        guard code == 0 else { throw .library(code) }
        shared = try Shared(configuration, handler, notify)
    }

    /// Whether file descriptor 0 is not a listening socket: a person started the program, not spawn-fcgi or systemd.
    /// Print the usage and exit with 64 (EX_USAGE of sysexits.h).
    public static func isStartedByHand() -> Bool {
        Library.initialize() != 0 || FCGX_IsCGI() != 0
    }

    /// Serves until SIGTERM, SIGINT or `stop`; blocks the calling thread.
    ///
    /// Then it accepts no more requests, and finishes those in flight, including ones answered later, within the drain
    /// timeout.
    /// - Parameter afterLastRequest: called once in the calling thread when no handler runs and none will: the code
    ///   that answers later should now finish its requests. Not called when the server could not start.
    /// - Throws: `ServerError` when the workers could not start or one could not continue; requests in flight are
    ///   finished then, too.
    public func run(afterLastRequest: () -> Void = {}) throws(ServerError) {
        Signals.block(Library.signals)
        let threads = try startWorkers()
        waitForStop()
        shared.stop()
        waitUntil { shared.accepting.load(ordering: .acquiring) == 0 }
        afterLastRequest()
        waitUntil { shared.alive.load(ordering: .acquiring) == 0 }
        if shared.capacity.inFlight > 0 { shared.notify(.abandoned(requests: shared.capacity.inFlight)) }
        // A worker that hangs in a handler past the drain timeout ends with the process.
        if shared.alive.load(ordering: .acquiring) == 0 { for thread in threads { thread.join() } }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Stops `run` like a SIGTERM; from any thread, before or during `run`.
    public func stop() {
        state.withLock { state in
            state.isStopRequested = true
            if let waiting = state.waiting { Signals.send(.terminate, to: waiting) }
        }
    }

    private func waitForStop() {
        let isStopRequested = state.withLock { state -> Bool in
            state.waiting = .current
            return state.isStopRequested
        }
        if !isStopRequested { _ = Signals.wait(for: [.terminate, .interrupt]) }
        // The thread may end after `run`; it must not be signalled then.
        state.withLock { $0.waiting = nil }
    }

    private func waitUntil(_ isDone: () -> Bool) {
        while !isDone(), !shared.isOverdue { SystemClock.sleep(milliseconds: 1) }
    }

    private func fail(_ error: ServerError) {
        shared.notify(.workerFailed(error))
        state.withLock { state in if state.failure == nil { state.failure = error } }
        stop()
    }

    private func startWorkers() throws(ServerError) -> [Thread] {
        var threads: [Thread] = []
        let count = max(shared.configuration.workers, 1)
        shared.starting.store(count, ordering: .releasing)
        for number in 1...count {
            shared.accepting.wrappingAdd(1, ordering: .acquiringAndReleasing)
            shared.alive.wrappingAdd(1, ordering: .acquiringAndReleasing)
            do throws(SystemCallError) {
                threads.append(try Thread(name: "worker-\(number)") { self.work() })
            } catch {
                shared.stop()
                throw .resources(error)
            }
        }
        return threads
    }

    private func work() {
        defer { shared.alive.wrappingSubtract(1, ordering: .acquiringAndReleasing) }
        do throws(SystemCallError) {
            var worker = try Worker(shared)
            shared.starting.wrappingSubtract(1, ordering: .acquiringAndReleasing)
            while shared.starting.load(ordering: .acquiring) > 0, !shared.isStopping {
                SystemClock.sleep(milliseconds: 1)
            }
            do throws(ServerError) { try worker.serve() } catch { fail(error) }
            shared.accepting.wrappingSubtract(1, ordering: .acquiringAndReleasing)
            worker.drain()
        } catch {
            shared.accepting.wrappingSubtract(1, ordering: .acquiringAndReleasing)
            fail(.resources(error))
        }
    }
}
