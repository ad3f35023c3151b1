import Testing
import Webhooks

/// The header field traceparent (W3C Trace Context, section 3.2).
struct TraceParentTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    @Test(arguments: [("01", true), ("00", false), ("03", true), ("fe", false)])
    func theFlagsSayWhetherItIsSampled(_ flags: String, _ isSampled: Bool) throws {
        let read = try #require(TraceParent("00-\(Self.trace)-\(Self.span)-\(flags)"))
        #expect(read == TraceParent(traceID: Self.trace, spanID: Self.span, isSampled: isSampled))
        #expect(TraceParent(read.value) == read)
    }

    /// Of a later version what is known is read.
    @Test func aLaterVersionMayHaveMore() {
        #expect(TraceParent("cc-\(Self.trace)-\(Self.span)-01-what-the-future-will-be-like")?.traceID == Self.trace)
        #expect(TraceParent("cc-\(Self.trace)-\(Self.span)-01.what") == nil)
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-1", "00-\(trace)-\(span)-01-more",
        "00-\(trace)-\(span)-01 ",
        "ff-\(trace)-\(span)-01", "00-\(trace.uppercased())-\(span)-01", "00-\(span)\(span)g-\(span)-01",
        "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01", "00_\(trace)_\(span)_01",
        "00-\(trace)-\(span)-0x", "00-\(trace)-\(span)-01,00-\(trace)-\(span)-01", "00-\(trace)-\(span)-é1",
    ])
    func anythingElseIsNone(_ value: String) { #expect(TraceParent(value) == nil) }
}
