import Testing

@testable import Settings

/// `batch.destinations:`
struct DestinationLimitsTests {
    private func limits(_ lines: String) throws -> DestinationLimits {
        try Machine("database: \"dbname=x\"\nbatch:\n  destinations:\n" + lines).load().batch.destinations
    }

    @Test func aHostAndItsPortsHaveLimits() throws {
        let limits = try limits(
            """
                api.example.com: { rate: 10/s, concurrency: 4 }
                API.example.com:8443: { rate: 7/min }
                127.0.0.1: { concurrency: 1 }
            """)
        #expect(limits.limit(of: "api.example.com:443")?.name == "api.example.com")
        #expect(limits.limit(of: "api.example.com:443")?.limit == .init(interval: 100, concurrency: 4))
        #expect(limits.limit(of: "api.example.com:8443")?.limit == .init(interval: 8572, concurrency: nil))
        #expect(limits.limit(of: "127.0.0.1:80")?.limit == .init(interval: nil, concurrency: 1))
        #expect(limits.limit(of: "www.example.com:443") == nil && limits.limit(of: "[::1]:80") == nil)
    }

    @Test(arguments: [
        ("10/s", 100), ("1000/s", 1), ("3/s", 334), ("1/h", 3_600_000), ("60000/min", 1), ("1001/s", nil), ("0/s", nil),
        ("10", nil), ("10/d", nil), ("/s", nil), ("-1/s", nil), ("10/s/s", nil), ("99999999999999999999/s", nil),
    ])
    func aRateIsTheLeastTimeBetweenTwoRequests(_ text: String, _ interval: Int64?) {
        #expect(RateText.interval(text) == interval)
    }

    @Test(arguments: [
        (
            "'a b': { rate: 1/s }",
            "3: batch.destinations must name hosts such as api.example.com or 127.0.0.1:8025, not \"a b\""
        ),
        (
            "a.example: { rate: fast }",
            "3: batch.destinations.a.example.rate must be a number with /s, /min or /h; at most 1000/s, not \"fast\""
        ),
        (
            "a.example: { rates: 1/s }",
            "3: unknown key \"rates\" in batch.destinations.a.example; did you mean \"rate\"?"
        ),
        ("a.example: {}", "3: batch.destinations.a.example must have rate or concurrency"),
        (
            "a.example: { concurrency: 0 }",
            "3: batch.destinations.a.example.concurrency must be a whole number from 1 to 1024, not \"0\""
        ),
    ])
    func aMistakeIsNamed(_ line: String, _ message: String) {
        let mistakes = Machine("batch:\n  destinations:\n    " + line).mistakes
        #expect(mistakes.contains { $0.hasSuffix(message) }, "\(mistakes)")
    }
}
