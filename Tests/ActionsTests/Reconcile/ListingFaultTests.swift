import Crypto
import Outbound
import Testing
import Webhooks

@testable import Actions

/// What answers without a page mean.
@Suite struct ListingFaultTests {
    private func fault(_ status: Int, _ fields: [(String, String)]) -> ListingFault? {
        let response = HTTPResponse(status: status, headers: fields.map { .init($0.0, $0.1) })
        do throws(ListingFault) {
            _ = try ListingFault.json(.success(response))
            return nil
        } catch {
            return error
        }
    }

    private func wait(_ fields: (String, String)...) -> Int64? {
        guard case .limited(let wait, _)? = fault(429, fields) else { return -1 }
        return wait
    }

    /// No wish is too long, too short or too large a number.
    @Test func aWishIsBounded() {
        #expect(wait() == nil)
        #expect(wait(("Retry-After", "0")) == 0)
        #expect(wait(("Retry-After", "120")) == 120_000)
        #expect(
            wait(("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"), ("Date", "Wed, 21 Oct 2015 07:27:00 GMT")) == 60_000)
        #expect(wait(("Retry-After", "soon")) == nil)
        for long in ["86400", "9223372036854775807", "99999999999999999999"] {
            #expect(wait(("Retry-After", long)) == 7_200_000)
        }
        #expect(wait(("X-Rate-Limit-Time-Reset-Ms", "1500")) == 1500)
        #expect(wait(("X-Rate-Limit-Time-Reset-Ms", "9223372036854775807")) == 7_200_000)
        #expect(wait(("X-Rate-Limit-Time-Reset-Ms", "-9223372036854775808")) == 0)
    }

    @Test(arguments: [("9223372036854775807", 7_200_000), ("-9223372036854775808", 1000), ("1800000060", 60_000)])
    func soIsGitHubsReset(reset: String, milliseconds: Int64) throws {
        let api = GitHubAPI(
            base: "", accessToken: SecretBytes(utf8: "t"), owner: .organization("acme"), hookURL: "")
        let response = HTTPResponse(
            status: 403, headers: [.init("x-ratelimit-remaining", "0"), .init("x-ratelimit-reset", reset)])
        guard case .limited(let wait?, _)? = api.limit(response, now: Timestamp(microseconds: 1_800_000_000_000_000))
        else {
            Issue.record("no limit")
            return
        }
        #expect(wait == milliseconds)
    }

    @Test func aRedirectSaysWhere() {
        #expect(
            fault(301, [("Location", "https://a:b@www.shop.example/orders?key=c")])
                == .badAnswer(
                    "answered 301, which leads to https://www.shop.example/orders: redirects are not followed; configure "
                        + "the new URL"))
        #expect(fault(302, []) == .badAnswer("answered 302: redirects are not followed; configure the new URL"))
    }
}
