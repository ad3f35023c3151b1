import FastCGI
import Platform
import Synchronization

/// Answers from another thread, as a committer does.
final class LateAnswers: Sendable {
    static let shared = LateAnswers()

    private struct State {
        var waiting: [(Exchange, Response)] = []
        var held: [(Exchange, Response)] = []
        var isFinished = false
    }

    private let state = Mutex(State())
    private let thread = Mutex<Thread?>(nil)

    static func start() throws(ServerError) -> LateAnswers {
        do throws(SystemCallError) {
            let thread = try Thread(name: "late-answers") { shared.answer() }
            shared.thread.withLock { $0 = thread }
            return shared
        } catch { throw .resources(error) }
    }

    /// Answers soon.
    func append(_ exchange: Exchange, _ response: Response) {
        state.withLock { $0.waiting.append((exchange, response)) }
    }

    /// Answers after `release`, or never.
    func hold(_ exchange: Exchange, _ response: Response) {
        state.withLock { $0.held.append((exchange, response)) }
    }

    func release() {
        state.withLock { state in
            state.waiting += state.held
            state.held = []
        }
    }

    /// Answers what waits, and returns when that is done.
    func finish() {
        state.withLock { $0.isFinished = true }
        thread.withLock { $0 }?.join()
    }

    private func answer() {
        while true {
            let (batch, isFinished) = state.withLock { state in
                let batch = state.waiting
                state.waiting = []
                return (batch, state.isFinished)
            }
            for (exchange, response) in batch { exchange.answer(response) }
            if isFinished { return }
            SystemClock.sleep(milliseconds: 3)
        }
    }
}
