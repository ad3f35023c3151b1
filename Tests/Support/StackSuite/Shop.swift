package import LoadClient
package import LocalStack
import Platform
import Testing

/// A test's sender: it knows a stack's secrets and calls it with curl(1).
package struct Shop {
    package let curl: Curl
    package let hook: String
    package let key: String
    package let secret: String

    package init(_ stack: LocalStack) throws {
        curl = Curl(stack)
        hook = stack.state.url + "/webhook/tiktok"
        key = try #require(stack.secret("TIKTOK_APP_KEY"))
        secret = try #require(stack.secret("TIKTOK_APP_SECRET"))
    }

    package var credentials: ShopDelivery.Credentials { .init(key: key, secret: secret) }

    /// Now, in seconds.
    package static var now: Int64 { SystemClock.wallMicroseconds() / 1_000_000 }

    /// Sends a delivery, signed now.
    package func send(_ delivery: ShopDelivery, to url: String? = nil, _ more: [String] = []) throws -> Answer {
        try post(delivery.body, delivery.headers(credentials, signedAt: Self.now), to: url, more)
    }

    /// Posts a body with those header fields, each as it is.
    package func post(
        _ body: String, _ headers: [(name: String, value: String)], to url: String? = nil, _ more: [String] = []
    ) throws -> Answer {
        let fields = headers.flatMap { ["-H", "\($0.name): \($0.value)"] }
        return try curl.get(
            url ?? hook, ["-H", "Content-Type: application/json"] + fields + ["--data-raw", body] + more)
    }
}
