import Outbound
import Settings
import Testing
import Webhooks

@testable import Jobs

/// The ids of spans follow from what is stored.
struct EventTraceTests {
    private static let request = "0af7651916cd43dd8448eb211c80319c"
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"

    private func trace(_ parents: String?, _ request: String = request, event: Int64 = 7) -> EventTrace {
        EventTrace(parents: parents, requestID: request, eventID: event)
    }

    @Test func theSendersTraceContinues() {
        let trace = trace("[\"\(Self.parent)-01\"]")
        #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" && trace.parentID == "00f067aa0ba902b7")
        #expect(trace.isSampled(.followParent))
    }

    @Test func whatTheSenderLeftOutIsSentOnlyIfAllIs() {
        let trace = trace("[\"\(Self.parent)-00\"]")
        #expect(!trace.isSampled(.followParent) && trace.isSampled(.all))
    }

    /// nginx's id of the request is random, has the form of the id of a trace, and is in nginx's log.
    @Test(arguments: [
        nil, "[]", "[\"\(parent)\"]", "[7]", "[\"\(parent)-01\", \"\(parent)-01\"]", "no JSON",
    ])
    func withoutOneTheRequestNamesTheTrace(_ parents: String?) {
        let trace = trace(parents)
        #expect(trace.traceID == Self.request && trace.parentID == nil && trace.isSampled(.followParent))
    }

    @Test func anIDOfAnotherFormMakesOne() {
        let traces = ["", "svix:msg_1", "00000000000000000000000000000000", Self.request.uppercased()].flatMap { id in
            [Int64(7), 8].map { trace(nil, id, event: $0).traceID }
        }
        #expect(Set(traces).count == traces.count && traces.allSatisfy(TraceParent.isTraceID))
    }

    @Test func eachSpanHasAnIDAndAlwaysTheSame() {
        let ids = [
            trace(nil).deliverySpan, trace(nil, event: 8).deliverySpan, trace(nil).attemptSpan(7, 1),
            trace(nil).attemptSpan(7, 2),
            trace(nil).attemptSpan(71, 1), trace("[\"\(Self.parent)-01\"]").deliverySpan,
        ]
        #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.utf8.count == 16 })
        #expect(ids[0] == trace("[]").deliverySpan && ids[2] == trace(nil).attemptSpan(7, 1))
    }

    @Test func aRequestThatNamesAPlaceItselfKeepsIt() {
        let place = TraceParent(traceID: Self.request, spanID: "00f067aa0ba902b7", isSampled: true)
        let plain = HTTPRequest(method: "POST", url: "https://a.example/")
        func headers(_ request: HTTPRequest) -> [String] {
            guard case .request(let sent) = Call.request(request).traced(place) else { return [] }
            return sent.headers.map { "\($0.name): \($0.value)" }
        }
        #expect(headers(plain) == ["traceparent: \(place.value)"])
        var own = plain
        own.headers = [.init("Traceparent", "mine")]
        #expect(headers(own) == ["Traceparent: mine"])
    }
}
