import FastCGI
import Platform

/// Answers from another thread, as a committer does.
final class LateAnswers: Sendable {
    static let shared = LateAnswers()

    private struct Late {
        let due: Int64
        let exchange: Exchange
        let response: Response
    }

    private struct State {
        var waiting: [Late] = []
        var isFinished = false
    }

    private let state = Locked(State())
    private let thread = Locked<Thread?>(nil)

    static func start() throws(ServerError) -> LateAnswers {
        do throws(SystemCallError) {
            let thread = try Thread(name: "late-answers") { shared.answer() }
            shared.thread.withLock { $0 = thread }
            return shared
        } catch { throw .resources(error) }
    }

    func append(_ exchange: Exchange, _ response: Response, afterMilliseconds delay: Int) {
        let due = SystemClock.monotonicNanoseconds() + Int64(delay) * 1_000_000
        state.withLock { $0.waiting.append(Late(due: due, exchange: exchange, response: response)) }
    }

    /// Answers all that waits, and returns when that is done.
    func finish() {
        state.withLock { $0.isFinished = true }
        thread.withLock { $0 }?.join()
    }

    private func answer() {
        while true {
            let now = SystemClock.monotonicNanoseconds()
            let (batch, isDone) = state.withLock { state in
                let batch = state.waiting.filter { $0.due <= now }
                state.waiting.removeAll { $0.due <= now }
                return (batch, state.isFinished && state.waiting.isEmpty)
            }
            for late in batch {
                StandardError.write("answered \(late.response.headers.map { $0.1 })")
                late.exchange.answer(late.response)
            }
            if isDone { return }
            SystemClock.sleep(milliseconds: 2)
        }
    }
}
