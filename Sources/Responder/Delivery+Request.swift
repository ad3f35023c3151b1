import FastCGI
import Webhooks

extension Delivery {
    /// The delivery in a FastCGI request. nginx sets address, scheme, host and id; everything else is the sender's.
    init(_ request: Request, at now: Timestamp) {
        var headers = HeaderFields(request.parameters.headers.map { ($0.name, $0.value) })
        // nginx gives these two without the prefix HTTP_, and the prefixed ones (whatever the sender wrote) as well.
        if headers["content-type"] == nil, !request.contentType.isEmpty {
            headers.append(name: "content-type", value: request.contentType)
        }
        self.init(
            requestID: request.requestID, receivedAt: now, method: request.method, scheme: request.scheme,
            host: request.host, path: request.path, query: request.queryString, headers: headers, body: request.body,
            remoteAddress: request.remoteAddress)
    }
}
