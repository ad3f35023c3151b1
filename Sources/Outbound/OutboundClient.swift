/// Sends requests and mails, many at a time. The target `Transport` has the one that really does.
///
/// Not for two threads at once.
public protocol OutboundClient: AnyObject {
    /// Begins a request. Its end, every failure included, comes from `poll` under the returned ticket.
    func start(_ request: HTTPRequest) -> RequestTicket
    /// Begins to hand a mail to its server. Its end comes from `poll` as an answer whose status is the server's last
    /// reply (250) and whose body is that reply's text.
    func start(_ mail: MailRequest) -> RequestTicket
    /// Moves all requests on and returns those that ended.
    /// - Parameters:
    ///   - milliseconds: how long to wait when nothing has ended yet; 0 does not wait.
    ///   - descriptor: ends the wait when it can be read.
    func poll(waiting milliseconds: Int, orReadable descriptor: Int32?) -> [FinishedRequest]
    /// Cancels every request in flight: each ends in `poll` as `cancelled`, with its possible reach.
    func cancelAll()
}

/// Names a request in flight; unique within its client.
public struct RequestTicket: Hashable, Sendable {
    private let number: UInt64

    /// The ticket of that number.
    package init(number: UInt64) { self.number = number }
}

/// The end of one request.
public struct FinishedRequest: Sendable {
    /// Which request.
    public let ticket: RequestTicket
    /// Its complete answer, or the failure.
    public let result: Reply

    /// The end of that request.
    package init(ticket: RequestTicket, result: Reply) {
        self.ticket = ticket
        self.result = result
    }
}

/// The end of a call: the answer, or why there is none.
public typealias Reply = Result<HTTPResponse, OutboundFailure>
