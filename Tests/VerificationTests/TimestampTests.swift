import Testing
import Verification
import Webhooks

@Suite("The time of signing")
struct TimestampTests {
    static let header = Scheme.tikTokShopGuide
    static let pairs = Scheme.stripe

    func guideDelivery(_ time: String) throws -> Delivery {
        delivery(
            [
                ("x-tiktok-shop-timestamp", time),
                ("x-tiktok-shop-signature", try Self.header.code(over: time + "{}", secret: "s")),
            ],
            body: "{}")
    }

    @Test(
        "What is no number of seconds is refused although it is signed",
        arguments: [
            "", "Infinity", "NaN", "1e3", "1.7e9", "-1700000000", "+1700000000", "1700000000.0", "0x6553F100",
            "17000000000000000000",
            "111111111111111111111", "9223372036854775807", "253402300800", " 1700000000", "1700000000 ",
            "1_700_000_000", "١٧٠٠٠٠٠٠٠٠",
        ])
    func malformed(time: String) throws {
        #expect(try Self.header.refusal(of: guideDelivery(time), keyring("s")) == .malformedTimestamp)
        let pair = delivery(
            [("stripe-signature", "t=\(time),v1=\(try Self.pairs.code(over: "\(time).{}", secret: "s"))")], body: "{}")
        if time.first != " ", time.last != " " {
            #expect(Self.pairs.refusal(of: pair, keyring("s")) == .malformedTimestamp)
        }
    }

    @Test(
        "A number of seconds far from now is outside the tolerance, however far",
        arguments: [
            "0", "1", "1699999699", "1700000301", "253402300799", "0000000000001",
        ])
    func outside(time: String) throws {
        #expect(try Self.header.refusal(of: guideDelivery(time), keyring("s")) == .outsideTolerance)
    }

    @Test("The borders of the tolerance count as inside", arguments: ["1699999700", "1700000000", "1700000300"])
    func inside(time: String) throws {
        #expect(try Self.header.refusal(of: guideDelivery(time), keyring("s")) == nil)
        #expect(
            try Self.header.refusal(of: guideDelivery(time), keyring("s"), tolerance: 0)
                == (time == "1700000000" ? nil : .outsideTolerance))
        #expect(
            try Self.header.refusal(of: guideDelivery(time), keyring("s"), now: Timestamp(microseconds: .min))
                == .outsideTolerance)
        #expect(
            try Self.header.refusal(of: guideDelivery(time), keyring("s"), now: Timestamp(microseconds: .max))
                == .outsideTolerance)
        #expect(try Self.header.refusal(of: guideDelivery(time), keyring("s"), tolerance: .max) == nil)
        #expect(
            try Self.header.refusal(of: guideDelivery(time), keyring("s"), tolerance: .min)
                == (time == "1700000000" ? nil : .outsideTolerance))
    }

    @Test("The reason says how old")
    func reason() throws {
        let refusal = try #require(throws: Refusal.self) {
            try Self.header.verify(guideDelivery("1699999688"), keyring: keyring("s"), now: noon)
        }
        #expect(refusal.reason == "timestamp is 312 s old, tolerance is 300 s")
    }

    @Test("A missing time, and one that is there twice")
    func count() throws {
        let code = try Self.pairs.code(over: "1700000000.{}", secret: "s")
        func refusal(_ value: String) -> Refusal.Kind? {
            Self.pairs.refusal(of: delivery([("stripe-signature", value)], body: "{}"), keyring("s"))
        }
        #expect(refusal("t=1700000000,v1=\(code)") == nil)
        #expect(refusal("v1=\(code)") == .missingTimestamp)
        #expect(refusal("t=1700000000,t=1700000000,v1=\(code)") == .malformedTimestamp)
        #expect(refusal("t=1,v1=\(code),t=1700000000") == .malformedTimestamp)
        let bare = delivery([("x-tiktok-shop-signature", code)], body: "{}")
        #expect(Self.header.refusal(of: bare, keyring("s")) == .missingTimestamp)
    }

    @Test("Milliseconds, RFC 3339, a time in the body, and no tolerance at all")
    func otherForms() throws {
        func check(_ rule: TimestampRule, _ time: String) throws -> Refusal.Kind? {
            let scheme = Scheme(name: "x", message: [.timestamp, .body], signature: .header("sig"), timestamp: rule)
            let body = #"{"sent":{"at":"\#(time)"}}"#
            let code = try scheme.code(over: time + body, secret: "s")
            return scheme.refusal(of: delivery([("sig", code), ("when", time)], body: body), keyring("s"))
        }
        #expect(try check(TimestampRule(.header("when"), unit: .milliseconds), "1700000000999") == nil)
        #expect(try check(TimestampRule(.header("when"), unit: .milliseconds), "1700000000") == .outsideTolerance)
        #expect(try check(TimestampRule(.header("when"), unit: .rfc3339), "2023-11-14T22:13:20.5Z") == nil)
        #expect(try check(TimestampRule(.header("when"), unit: .rfc3339), "2023-11-14") == .malformedTimestamp)
        #expect(try check(TimestampRule(.jsonField(["sent", "at"])), "1700000000") == nil)
        #expect(try check(TimestampRule(.jsonField(["sent", "by"])), "1700000000") == .missingTimestamp)
        #expect(try check(TimestampRule(.header("when"), tolerance: nil), "5") == nil)
    }
}
