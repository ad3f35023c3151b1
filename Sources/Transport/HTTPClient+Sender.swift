public import Outbound

extension HTTPClient {
    /// Sends requests to one place that the configuration names, so that it may be private, and waits for the end of each. The
    /// client is made with the first.
    public static func sender(to destination: String) -> (HTTPRequest) -> Reply {
        var made: HTTPClient?
        return { request in
            do throws(OutboundFailure) {
                if let client = made { return client.reply(to: request) }
                let client = try HTTPClient(
                    Configuration(addressGuard: AddressGuard(allowing: [destination]), maxInFlight: 1))
                made = client
                return client.reply(to: request)
            } catch {
                return .failure(error)
            }
        }
    }
}
