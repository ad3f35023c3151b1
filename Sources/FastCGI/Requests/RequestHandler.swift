/// A program's handler of requests. The server calls it from several threads at once.
public protocol RequestHandler: Sendable {
    /// What handles one request, from its head to its end; asked once for each. A handler whose settings can change answers
    /// with what has the present ones.
    var current: any RequestHandler { get }

    /// The longest accepted body for these parameters, in bytes. Called before the body is read.
    func bodyLimit(for parameters: Parameters) -> Int

    /// Handles one complete request.
    ///
    /// Runs on a worker: it must not wait for a database or a network. Either answer `exchange` before returning, or
    /// keep it and answer later from any thread. An exchange that is dropped without an answer is answered 500.
    func handle(_ request: Request, _ exchange: Exchange)

    /// The answer to a request whose body was not read.
    ///
    /// - Returns: normally `failure.status` and a body in the provider's shape; a 2xx is replaced by `failure.status`.
    func refuse(_ parameters: Parameters, _ failure: ReadFailure) -> Response
}

extension RequestHandler {
    /// The same for all requests.
    public var current: any RequestHandler { self }
}
