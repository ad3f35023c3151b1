import HTTPReceiver
import JSON
import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import Testing

/// One trace from nginx to the destination, as a collector and the destination see it.
@Suite(.place) struct TraceTests {
    private static let script =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Support/otlp_spans.py"
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    private static func configuration(_ collector: Receiver, _ destination: Receiver) -> String {
        """
        environment: development
        address_guard: { allow_private_hosts: [127.0.0.1] }
        sources:
          tiktok-shop:
            providers: [tiktok_shop, tiktok_shop_guide]
            credentials: { app_key: { env: TIKTOK_APP_KEY } }
            secrets: [ { env: TIKTOK_APP_SECRET } ]
        actions:
          erp: { kind: http, url: "\(destination.url)" }
        rules:
          - { name: orders, when: { type: order.created }, do: [erp] }
        telemetry:
          otlp: http://127.0.0.1:\(collector.port)
          service: shop-hooks
        """
    }

    @Test func aClientsTraceEndsAtTheDestination() async throws {
        let collector = try Receiver { _, _ in .say(200, "{}") }
        let destination = try Receiver { _, _ in .answer(200) }
        try await StackSuite.run(configuration: { _ in Self.configuration(collector, destination) }) { stack in
            let books = StackBooks(stack)
            // Spans begin with the first run of the batch processor.
            #expect(
                try await books.eventually("select count(*) from telemetry_progress", are: ["1"], withinSeconds: 300))
            let shop = try Shop(stack)
            let traced = try shop.send(
                .guide("traced", "AWAITING_SHIPMENT", at: Shop.now),
                ["-H", "traceparent: 00-\(Self.trace)-00f067aa0ba902b7-01"])
            let plain = try shop.send(.guide("plain", "AWAITING_SHIPMENT", at: Shop.now))
            #expect(traced.status == 200 && plain.status == 200)
            let lines = try spans(4, of: collector)
            try check(lines, plain, destination)

            let doctor = try StackTool(stack).run(["doctor", "--json"]).text.split(separator: "\n")
                .compactMap { try? JSONValue(parsing: Array($0.utf8)) }.filter { $0["check"] == "collector" }
            #expect(doctor.map { $0["grade"]?.string } == ["ok"])
        }
    }

    /// The collector's requests with spans, as soon as there are that many.
    private func spans(_ count: Int, of collector: Receiver) throws -> [JSONValue] {
        var requests: [JSONValue] = []
        _ = try eventually {
            requests = try collector.taken.map { try JSONValue(parsing: Array($0.utf8)) }
                .filter { $0["resourceSpans"]?.array?.isEmpty == false }
            return requests.flatMap(Self.spans).count >= count
        }
        return requests
    }

    private static func spans(_ request: JSONValue) -> [JSONValue] {
        (request["resourceSpans"]?.array ?? []).flatMap { $0["scopeSpans"]?.array ?? [] }
            .flatMap { $0["spans"]?.array ?? [] }
    }

    private func check(_ requests: [JSONValue], _ plain: Answer, _ destination: Receiver) throws {
        let spans = requests.flatMap(Self.spans)
        // Without a trace of the sender's, nginx's id of the request is that of the trace.
        let traces = Set(spans.compactMap { $0["traceId"]?.string })
        #expect(traces == [Self.trace, plain.header("x-request-id") ?? "none"])
        let places = destination.heads.compactMap { head in
            head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("traceparent: ") }
        }
        let sent = spans.filter { $0["parentSpanId"] != nil && $0["kind"] == 3 }
            .map { "traceparent: 00-\($0["traceId"]?.string ?? "")-\($0["spanId"]?.string ?? "")-01" }
        #expect(sent.count == 2 && Set(places.map(String.init)) == Set(sent))
        try checkByTheProtocol(requests)
    }

    /// The protocol's own definition accepts what is sent, and finds in it what is meant.
    private func checkByTheProtocol(_ requests: [JSONValue]) throws {
        guard let python = PythonPackage.python("opentelemetry-proto", "1.27.0") else {
            print("the check by opentelemetry-proto is skipped: PyPI, or python3-venv, cannot be reached from here")
            return
        }
        let read = try TestStack.inFolder { folder in
            try Files.write(folder + "/requests", text: requests.map { $0.text + "\n" }.joined())
            return try ChildProcess.run(
                ChildCommand(["sh", "-c", "exec \"$0\" \"$1\" <\"$2\"", python, Self.script, folder + "/requests"]))
        }
        #expect(read.succeeded, "\(read.errorText)")
        let spans = try read.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
        let ours = spans.filter { $0["trace"]?.string == Self.trace }
        let delivery = try #require(ours.first { $0["kind"] == "SPAN_KIND_SERVER" })
        let attempt = try #require(ours.first { $0["kind"] == "SPAN_KIND_CLIENT" })
        #expect(ours.count == 2 && delivery["name"] == "receive tiktok-shop" && attempt["name"] == "http erp")
        #expect(delivery["parent"] == "00f067aa0ba902b7" && attempt["parent"] == delivery["span"])
        // The parent of the one is known to be remote, that of the other not to be.
        #expect(delivery["flags"] == 0x301 && attempt["flags"] == 0x101)
        #expect(delivery["attributes"]?["hookledger.event.type"] == "order.created")
        #expect(delivery["attributes"]?["hookledger.verification"] == "signature")
        #expect(attempt["attributes"]?["http.response.status_code"] == 200)
        for span in spans {
            #expect(span["resource"]?["service.name"] == "shop-hooks" && span["scope"] == "hookledger")
            #expect(span["resource"]?["deployment.environment.name"] == "development")
            #expect(span["status"] == "STATUS_CODE_UNSET" && (span["lasts"]?.integer ?? -1) >= 0)
            let age = SystemClock.wallMicroseconds() - (span["starts"]?.integer ?? 0) / 1000
            #expect(age > 0 && age < 3_600_000_000)
        }
        // Of the order nothing but its type: no buyer, no id, no body.
        #expect(!read.text.contains("buyer.example"))
    }
}
