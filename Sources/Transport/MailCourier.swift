internal import Outbound
internal import Platform
internal import Synchronization

/// Submits mails on its own threads.
///
/// libcurl waits for a mail server's last reply, and for its good-bye, without letting other transfers continue: on the
/// thread of an `HTTPClient` a slow mail server would hold up every request. So would a program of this host.
final class MailCourier: Sendable {
    private struct State {
        var waiting: [(ticket: RequestTicket, mail: MailRequest)] = []
        var underWay: Set<RequestTicket> = []
        var ended: [FinishedRequest] = []
        var threads = 0
    }

    /// How many mails are under way at once.
    private static let mostThreads = 4

    private let configuration: HTTPClient.Configuration
    private let state = Mutex(State())

    init(_ configuration: HTTPClient.Configuration) { self.configuration = configuration }

    /// How many mails have begun whose end `take` has not returned.
    var count: Int { state.withLock { $0.waiting.count + $0.underWay.count + $0.ended.count } }

    /// Queues a mail.
    func start(_ mail: MailRequest, _ ticket: RequestTicket) {
        let needsThread = state.withLock { state in
            state.waiting.append((ticket, mail))
            guard state.threads < Self.mostThreads else { return false }
            state.threads += 1
            return true
        }
        guard needsThread else { return }
        do throws(SystemCallError) {
            _ = try Thread(name: "mail") { self.work() }
        } catch {
            let isLast = state.withLock { state in
                state.threads -= 1
                return state.threads == 0
            }
            // Nobody else will take it.
            if isLast { giveUp { OutboundFailure(.other, .notSent, "no thread: \($0)") } }
        }
    }

    /// The mails that ended since the last call.
    func take() -> [FinishedRequest] {
        state.withLock { state in
            defer { state.ended = [] }
            return state.ended
        }
    }

    /// Cancels all mails: waiting ones were not sent, those under way may have been; their end is not reported again.
    func cancelAll() {
        giveUp { OutboundFailure(.cancelled, .notSent, $0) }
        state.withLock { state in
            state.ended += state.underWay.map { ticket in
                FinishedRequest(
                    ticket: ticket, result: .failure(OutboundFailure(.cancelled, .mayHaveBeenSent, "given up")))
            }
            state.underWay = []
        }
    }

    private func giveUp(_ failure: (String) -> OutboundFailure) {
        state.withLock { state in
            state.ended += state.waiting.map {
                FinishedRequest(ticket: $0.ticket, result: .failure(failure("given up")))
            }
            state.waiting = []
        }
    }

    private func work() {
        let client = Result { () throws(OutboundFailure) in try HTTPClient(configuration) }
        while let (ticket, mail) = next() {
            let result = client.flatMap { client in
                Result { () throws(OutboundFailure) in
                    mail.isLocal ? try LocalMail.perform(mail) : try client.perform(mail)
                }
            }
            state.withLock { state in
                // One that was given up meanwhile has had its end.
                guard state.underWay.remove(ticket) != nil else { return }
                state.ended.append(FinishedRequest(ticket: ticket, result: result))
            }
        }
    }

    /// - Returns: nil when there is none; the thread then no longer counts.
    private func next() -> (RequestTicket, MailRequest)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.threads -= 1
                return nil
            }
            let (ticket, mail) = state.waiting.removeFirst()
            state.underWay.insert(ticket)
            return (ticket, mail)
        }
    }
}
