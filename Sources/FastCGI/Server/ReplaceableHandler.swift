import Platform

/// A handler that another one can replace while requests arrive. A request is handled to its end by the one that was there
/// when its head had been read.
public final class ReplaceableHandler: RequestHandler {
    private let inUse: Locked<any RequestHandler>

    /// Begins with this handler.
    public init(_ handler: any RequestHandler) { inUse = Locked(handler) }

    /// The handler of the next request.
    public var current: any RequestHandler { inUse.withLock { $0 } }

    /// Puts another handler in its place, for the requests that begin from now on.
    public func replace(by handler: any RequestHandler) { inUse.withLock { $0 = handler } }

    /// Asks the present handler.
    public func bodyLimit(for parameters: Parameters) -> Int { current.bodyLimit(for: parameters) }

    /// Asks the present handler.
    public func handle(_ request: Request, _ exchange: Exchange) { current.handle(request, exchange) }

    /// Asks the present handler.
    public func refuse(_ parameters: Parameters, _ failure: ReadFailure) -> Response {
        current.refuse(parameters, failure)
    }
}
