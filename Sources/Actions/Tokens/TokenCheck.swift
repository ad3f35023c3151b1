public import Crypto
import JSON
public import Outbound
import Platform
public import Settings
public import Webhooks

/// Asks a provider once whether it takes a token.
public enum TokenCheck {
    /// The provider's word.
    public enum Verdict: Sendable, Hashable {
        /// It takes the token, which ends then; nil if it does not say.
        case taken(until: Timestamp?)
        /// It refuses the token, or what it may not do. The words hold no secret.
        case refused(String)
        /// It does not answer, or its answer does not say.
        case unknown(String)
    }

    /// Asks for one page of the list that the action's API gives.
    /// - Parameters:
    ///   - action: with the token in it.
    ///   - token: no message may show it.
    public static func ask(
        _ action: ActionSettings, token: SecretBytes, send: @escaping (HTTPRequest) -> Reply,
        now: @escaping () -> Timestamp
    ) -> Verdict {
        guard let api: any PageListing = ListingAPIs.api(action) ?? OrderAPIs.api(action) else {
            return .unknown("a setting of the action \(action.name) is missing")
        }
        var (end, status, isJSON): (Timestamp?, Int, Bool) = (nil, 0, false)
        let world = Reconciler.World(
            now: now,
            send: { request in
                let reply = send(request)
                if case .success(let response) = reply {
                    end = api.tokenEnd(response) ?? end
                    status = response.status
                    isJSON = (try? JSONValue(parsing: response.body)) != nil
                }
                return reply
            }, pause: { SystemClock.sleep(milliseconds: Int($0)) })
        let time = now()
        let place = ListingPlace(since: time.advanced(bySeconds: -60), until: time)
        do throws(ListingFault) {
            _ = try PageReader(api: api, world: world, timeout: action.timeout).page(at: place)
        } catch {
            let secrets = [token] + (TokenUse.keys(of: action) ?? []).compactMap { action.secret($0) }
            let reason = secrets.map(\.text).filter { $0.utf8.count >= 4 }
                .reduce(error.reason) { $0.replacingBytes(of: $1, with: "***") }
            switch error {
            case .tokenRefused, .unauthorized: return .refused(reason)
            case .limited, .unavailable: return .unknown(reason)
            // Whatever the page holds, the token got it. A page for people is of another address.
            case .badAnswer where (200..<300).contains(status) && isJSON: break
            // To one that may see nothing, GitHub says 404.
            case .badAnswer where (400..<500).contains(status): return .refused(reason)
            case .badAnswer: return .unknown(reason)
            }
        }
        return .taken(until: end)
    }
}
