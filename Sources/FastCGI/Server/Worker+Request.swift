import Glibc

extension Worker {
    /// Reads and handles the one request of a connection, and answers it unless the handler does so later.
    ///
    /// The place in `Capacity` that the caller took is given back with the answer.
    func receive(from socket: Int32) {
        guard RequestHead.arrives(on: socket, timeoutMilliseconds: shared.configuration.receiveTimeout) else {
            close(socket)
            return drop()
        }
        guard let connection = Connection(receiveFrom: socket) else { return drop() }
        let parameters = connection.parameters()
        let handler = shared.handler.current
        do throws(ReadFailure) {
            let body = try connection.readBody(
                parameters, limit: handler.bodyLimit(for: parameters),
                drainLimit: shared.configuration.drainLimit)
            let exchange = Exchange(connection, finished: shared.finished)
            handler.handle(Request(parameters: parameters, body: body), exchange)
            guard let response = exchange.handlerReturned() else { return }
            answer(connection, response)
        } catch {
            answer(connection, handler.refuse(parameters, error).asRefusal(of: error))
        }
    }

    private func answer(_ connection: Connection, _ response: Response) {
        connection.finish(response)
        shared.capacity.give()
    }

    private func drop() {
        shared.capacity.give()
        shared.notify(.connectionDropped)
    }
}
