import Platform

/// One request that waits for its answer. It needs no thread while it waits.
public final class Exchange: Sendable {
    /// The writer of the answer: the worker while the handler runs, afterwards the worker that takes it from the list.
    private enum State {
        case handling
        case answered(Response)
        case deferred
        case finished
    }

    private let state = Locked(State.handling)
    private let connection: Connection
    private let finished: FinishedList

    init(_ connection: Connection, finished: FinishedList) {
        self.connection = connection
        self.finished = finished
    }

    /// Sets the answer, from any thread. Only the first call has an effect.
    ///
    /// Inside `RequestHandler.handle` the answer is written as soon as the handler returns, by the same worker. Later
    /// it goes to a list that a worker empties before it takes new requests. The call itself never blocks on the peer.
    public func answer(_ response: Response) {
        let isLate = state.withLock { state -> Bool in
            switch state {
            case .handling:
                state = .answered(response)
                return false
            case .deferred:
                state = .finished
                return true
            case .answered, .finished:
                return false
            }
        }
        if isLate { finished.append(connection, response) }
    }

    /// Called once by the worker when the handler has returned.
    ///
    /// - Returns: the answer to write now; nil when it comes later, through the list.
    func handlerReturned() -> Response? {
        state.withLock { state in
            guard case .answered(let response) = state else {
                state = .deferred
                return nil
            }
            state = .finished
            return response
        }
    }

    /// Nobody can answer now; the client must not wait for its timeout.
    deinit {
        let isFinished = state.withLock { if case .finished = $0 { true } else { false } }
        if isFinished { return }
        answer(Response(status: 500, contentType: "application/json", body: #"{"error":"unanswered"}"#))
    }
}
