import JSON
import Outbound
import Webhooks

/// Asks an API, and waits where it asks for a wait.
struct PageReader {
    let api: any OrderListing
    let world: Reconciler.World
    /// Of one request, in milliseconds.
    let timeout: Duration

    /// The page at a place.
    func page(at place: ListingPlace) throws(ListingFault) -> ListingPage {
        try world.asking { () throws(ListingFault) in
            let reply = world.send(api.list(place, now: world.now(), timeout: timeout))
            return try api.page(in: try ListingFault.json(reply), at: place)
        }
    }

    /// The whole order of that id.
    /// - Returns: nil when it is gone.
    func order(_ id: String) throws(ListingFault) -> JSONValue? {
        try world.asking { () throws(ListingFault) in
            let reply = world.send(api.request(for: id, now: world.now(), timeout: timeout))
            if case .success(let response) = reply, response.status == 404 { return nil }
            switch api.order(in: try ListingFault.json(reply)) {
            case .found(let order): return order
            case .absent: return nil
            case .refused(let reason): throw .badAnswer(reason)
            case .tokenRefused(let reason): throw .tokenRefused(reason)
            }
        }
    }

    /// Whether webhooks of orders are on; nil if that is not known.
    func isWebhookOn() -> Bool? {
        guard let request = api.webhookRequest(now: world.now(), timeout: timeout),
            let answer = try? ListingFault.json(world.send(request))
        else { return nil }
        return api.isWebhookOn(in: answer)
    }
}

extension Reconciler.World {
    /// The longest wait for one answer, in milliseconds; a longer one is a failure.
    private static var longestPause: Int64 { 30_000 }
    /// The waits for one answer.
    private static var mostPauses: Int { 3 }

    /// Asks again after the waits that an API asks for.
    func asking<T>(_ ask: () throws(ListingFault) -> T) throws(ListingFault) -> T {
        var pauses = 0
        while true {
            do throws(ListingFault) {
                return try ask()
            } catch {
                guard case .limited(let after, _) = error, pauses < Self.mostPauses, !shouldStop() else {
                    throw error
                }
                let wait = after ?? 1000 << pauses
                guard wait <= Self.longestPause else { throw error }
                pauses += 1
                pause(wait)
            }
        }
    }
}
