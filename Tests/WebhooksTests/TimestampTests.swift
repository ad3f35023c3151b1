import Testing
import Webhooks

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "RFC 3339 text of a moment",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_766_916_000_123_456, "2025-12-28T10:00:00.123Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00.000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999Z"),
            (.max, "9999-12-31T23:59:59.999Z"), (.min, "0001-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func written(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).rfc3339 == text)
    }

    @Test(
        "Times of mails and of HTTP",
        arguments: [
            "Sun, 28 Dec 2025 10:00:00 GMT", "Sun, 28 Dec 2025 10:00:00 +0000", "28 Dec 2025 12:00:00 +0200",
            "Sat, 27 Dec 2025 23:30:00 -1030",
        ])
    func readMail(text: String) { #expect(Timestamp(rfc2822: text)?.microseconds == 1_766_916_000_000_000) }

    @Test(
        "No times of mails",
        arguments: [
            "", "Sun, 28 Dec 2025 10:00:00", "Sun, 28 Dez 2025 10:00:00 GMT", "Sun, 31 Feb 2025 10:00:00 GMT",
            "Sun, 28 Dec 2025 10:00:00 +200", "28 Dec 2025 10:00:00 GMT", "2025-12-28T10:00:00Z",
        ])
    func noMail(text: String) { #expect(Timestamp(rfc2822: text) == nil) }

    @Test(
        "Ways of writing one moment",
        arguments: [
            "2025-12-28T10:00:00Z", "2025-12-28t10:00:00z", "2025-12-28 10:00:00",
            "2025-12-28T10:00:00.000000000+00:00",
            "2025-12-28T12:00:00+02:00", "2025-12-28T12:00:00+0200", "2025-12-28T12:00:00+02",
            "2025-12-27T23:30:00-10:30",
            "2025-12-28T09:59:60Z",
        ])
    func read(text: String) { #expect(Timestamp(rfc3339: text)?.microseconds == 1_766_916_000_000_000) }

    @Test(
        "Fractions are cut off at the microsecond",
        arguments: [
            ("1970-01-01T00:00:00.5Z", 500_000), ("1970-01-01T00:00:00.000001Z", 1),
            ("1970-01-01T00:00:00.0000019Z", 1),
            ("1969-12-31T23:59:59.9Z", -100_000),
        ] as [(String, Int64)])
    func fractions(text: String, microseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(
        "No moments",
        arguments: [
            "", "2025", "2025-12-28", "2025-12-28T10:00", "2025-12-28T10:00:00.Z", "2025-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2025-02-30T00:00:00Z", "2025-00-01T00:00:00Z", "2025-13-01T00:00:00Z", "2025-04-31T00:00:00Z",
            "2025-01-00T00:00:00Z",
            "2025-12-28T24:00:00Z", "2025-12-28T10:60:00Z", "2025-12-28T10:00:61Z", "2025-12-28T10:00:00+24:00",
            "2025-12-28T10:00:00+02:60", "2025-12-28T10:00:00Zx", "2025-12-28T10:00:00 Z", "+2025-12-28T10:00:00Z",
            "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2025-1-28T10:00:00Z",
            "٢025-12-28T10:00:00Z",
        ])
    func refused(text: String) { #expect(Timestamp(rfc3339: text) == nil) }

    @Test(
        "The three forms of HTTP",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ])
    func http(text: String) { #expect(Timestamp(http: text)?.rfc3339 == "1994-11-06T08:49:37.000Z") }

    @Test("Two digits of a year mean at most 50 years from now")
    func century() {
        let now = Timestamp(rfc3339: "2026-11-30T00:00:00Z")
        #expect(Timestamp(http: "Thursday, 01-Jan-76 00:00:00 GMT", now: now)?.rfc3339 == "2076-01-01T00:00:00.000Z")
        #expect(Timestamp(http: "Saturday, 01-Jan-77 00:00:00 GMT", now: now)?.rfc3339 == "1977-01-01T00:00:00.000Z")
        #expect(Timestamp(http: "Monday, 30-Nov-26 01:00:00 GMT", now: now)?.rfc3339 == "2026-11-30T01:00:00.000Z")
    }

    @Test(
        "Other forms are no time of HTTP",
        arguments: [
            "", "Sun", "Sun, 06 Nov 1994 08:49:37 +0100", "06 Nov 1994 08:49:37 GMT", "Sunday 06-Nov-94 08:49:37 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday,, 06-Nov-94 08:49:37 GMT", "Xun Nov  6 08:49:37 1994",
            "Sun Nov 31 08:49:37 1994", "Sunday, 06-Nov-94 08:49:37 CET", "Sunday, -Nov-94 08:49:37 GMT",
        ])
    func noHTTP(text: String) { #expect(Timestamp(http: text) == nil) }

    @Test("Every day of four centuries is written and read as itself")
    func everyDay() {
        for day in stride(from: Int64(-135_140), to: 10_957 + 146_097, by: 1) {
            guard let noon = Timestamp(seconds: day * 86_400 + 43_200) else {
                Issue.record("day \(day)")
                return
            }
            if Timestamp(rfc3339: noon.rfc3339) != noon { Issue.record("\(noon.rfc3339)") }
        }
    }

    @Test("Seconds and milliseconds outside the years 1 to 9999")
    func bounds() {
        #expect(Timestamp(seconds: 253_402_300_799) != nil)
        #expect(Timestamp(seconds: 253_402_300_800) == nil)
        #expect(Timestamp(seconds: -62_135_596_801) == nil)
        #expect(Timestamp(seconds: .max) == nil)
        #expect(Timestamp(milliseconds: .min) == nil)
        #expect(Timestamp(milliseconds: 1_752_894_700_622)?.microseconds == 1_752_894_700_622_000)
    }

    @Test(
        "Whole seconds are rounded down",
        arguments: [
            (1_999_999, 1), (0, 0), (-1, -1), (-1_000_000, -1), (-1_000_001, -2), (.min, -9_223_372_036_855),
            (.max, 9_223_372_036_854),
        ] as [(Int64, Int64)])
    func seconds(microseconds: Int64, seconds: Int64) {
        #expect(Timestamp(microseconds: microseconds).seconds == seconds)
    }

    @Test("Moving saturates")
    func advancing() {
        #expect(Timestamp(microseconds: 5).advanced(bySeconds: -2).microseconds == -1_999_995)
        #expect(Timestamp(microseconds: 1).advanced(bySeconds: .max).microseconds == .max)
        #expect(Timestamp(microseconds: -1).advanced(bySeconds: .min).microseconds == .min)
        #expect(Timestamp(microseconds: .max).advanced(bySeconds: 1).microseconds == .max)
    }
}
