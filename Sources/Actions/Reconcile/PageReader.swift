import JSON
import Outbound
import Webhooks

/// Asks an API, signs in where that is needed, and waits where it asks for a wait.
final class PageReader {
    private(set) var api: any PageListing
    private let world: Reconciler.World
    /// Of one request.
    private let timeout: Duration

    init(api: any PageListing, world: Reconciler.World, timeout: Duration) {
        self.api = api
        self.world = world
        self.timeout = timeout
    }

    /// The page at a place.
    func page(at place: ListingPlace) throws(ListingFault) -> ListingPage {
        guard let login = api as? any SignedInListing else { return try ask(place) }
        if !login.isSignedIn { api = try signIn(login) }
        do throws(ListingFault) {
            return try ask(place)
        } catch {
            guard case .tokenRefused = error, login.isSignedIn else { throw error }
            // Tokens of minutes end within a long run.
            api = try signIn(login)
            return try ask(place)
        }
    }

    private func signIn<Login: SignedInListing>(_ login: Login) throws(ListingFault) -> Login {
        try world.asking { () throws(ListingFault) in
            let reply = world.send(login.signIn(timeout: timeout))
            if case .success(let response) = reply, [400, 401, 422].contains(response.status) {
                throw .tokenRefused("not signed in: " + ListingFault.words(of: response))
            }
            guard let login = login.signedIn(by: try login.json(reply, now: world.now())) else {
                throw .badAnswer("the answer has no token")
            }
            return login
        }
    }

    private func ask(_ place: ListingPlace) throws(ListingFault) -> ListingPage {
        try world.asking { () throws(ListingFault) in
            let reply = world.send(api.list(place, now: world.now(), timeout: timeout))
            let answer = try api.json(reply, now: world.now())
            return try api.page(in: answer, (try? reply.get())?.header ?? { _ in nil }, at: place)
        }
    }

    /// The whole order, product or customer of that id.
    /// - Returns: nil when it is gone.
    func order(_ id: String) throws(ListingFault) -> JSONValue? {
        guard let api = api as? any OrderAPI else { throw .badAnswer("the \(api.listed.one) \(id) has no content") }
        return try world.asking { () throws(ListingFault) in
            let reply = world.send(api.request(for: id, now: world.now(), timeout: timeout))
            if case .success(let response) = reply, response.status == 404 { return nil }
            switch api.order(in: try api.json(reply, now: world.now())) {
            case .found(let order): return order
            case .absent: return nil
            case .refused(let reason): throw .badAnswer(reason)
            case .tokenRefused(let reason): throw .tokenRefused(reason)
            }
        }
    }

    /// Asks for a delivery again.
    /// - Returns: why it cannot be delivered again; nil if it will be.
    func askAgain(_ redelivery: String, of api: any RedeliveryListing) throws(ListingFault) -> String? {
        try world.asking { () throws(ListingFault) in
            let reply = world.send(api.redeliver(redelivery, timeout: timeout))
            if case .success(let response) = reply, [404, 410, 422].contains(response.status) {
                return "not delivered again: answered \(response.status)"
            }
            _ = try api.json(reply, now: world.now())
            return nil
        }
    }

    /// Whether webhooks of orders are on; nil if that is not known.
    func isWebhookOn() -> Bool? {
        guard let request = api.webhookRequest(now: world.now(), timeout: timeout),
            let answer = try? api.json(world.send(request), now: world.now())
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
