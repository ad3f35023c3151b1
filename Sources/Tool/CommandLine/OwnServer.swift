import Outbound
import Platform
import Transport

/// Requests to a server of the person's own, on whatever address.
enum OwnServer {
    /// The longest answer of the REST API: that of the longest event, with its body in two forms.
    static let mostBytes = 64 << 20

    /// - Parameters:
    ///   - userAgent: what the request calls itself.
    ///   - caFile: the authority that signed the server's certificate; nil for `$HOOKLEDGER_CA`, else the system's.
    static func send(
        _ request: HTTPRequest, userAgent: String, caFile: String? = nil
    ) throws(OutboundFailure) -> HTTPResponse {
        try client(for: request, userAgent: userAgent, caFile: caFile).perform(request)
    }

    /// A client that may go where this request goes.
    static func client(
        for request: HTTPRequest, userAgent: String, caFile: String? = nil
    ) throws(OutboundFailure) -> HTTPClient {
        let authority = caFile ?? Environment.value(of: "HOOKLEDGER_CA").flatMap { $0.isEmpty ? nil : $0 }
        return try HTTPClient(
            HTTPClient.Configuration(
                userAgent: userAgent, caFile: authority,
                addressGuard: AddressGuard(allowing: request.destination.map { [$0] } ?? [])))
    }
}
