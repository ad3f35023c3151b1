import Crypto
public import Outbound
import Webhooks

/// What goes out for a job.
public enum Call: Sendable {
    /// A request over HTTP.
    case request(HTTPRequest)
    /// A mail.
    case mail(MailRequest)

    /// Host and port.
    var destination: String? {
        switch self {
        case .request(let request): request.destination
        case .mail(let mail): mail.destination
        }
    }

    /// SHA-256 of what is sent, for the table `effects`.
    var hash: [UInt8] {
        switch self {
        case .request(let request):
            Digest.sha256.hash(parts: [Array("\(request.method) \(request.url)\n".utf8), request.body ?? []])
        case .mail(let mail): Digest.sha256.hash(mail.message)
        }
    }

    func start(_ client: any OutboundClient) -> RequestTicket {
        switch self {
        case .request(let request): client.start(request)
        case .mail(let mail): client.start(mail)
        }
    }
}

extension Call {
    /// The same, as the call of a span. A request whose action names a place in a trace itself keeps it.
    func traced(_ place: TraceParent) -> Call {
        guard case .request(var request) = self,
            !request.headers.contains(where: { $0.name.lowercased() == TraceParent.name })
        else { return self }
        request.headers.append(.init(TraceParent.name, place.value))
        return .request(request)
    }
}
