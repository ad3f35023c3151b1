import HTTPReceiver
import JSON
import JobsSupport
import LocalStack
import Outbound
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Transport
import Webhooks

@testable import Actions
@testable import Jobs

/// Spans of what is stored, at a collector of the test's own.
@Suite(.blocking) struct TelemetryExportTests {
    private let fixture: JobsFixture
    private let connection: Connection

    init() throws {
        fixture = try JobsFixture()
        connection = try fixture.connect()
    }

    private static func settings(_ url: String, _ more: String = "") throws -> TelemetrySettings {
        let yaml = """
            database: dbname=x
            telemetry:
              otlp: \(url)
              headers: { Authorization: { env: KEY } }
              \(more)
            """
        let input = SettingsInput(
            variable: { $0 == "KEY" ? "Bearer open-sesame" : nil },
            readFile: { $0 == "/c.yaml" ? .bytes(Array(yaml.utf8)) : .absent }, fileMode: { _ in nil })
        let settings = try Settings.load(
            path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0))
        return try #require(settings.telemetry)
    }

    private func export(_ receiver: Receiver, _ more: String = "") throws -> TelemetryExport.Report {
        try export("http://127.0.0.1:\(receiver.port)", more)
    }

    private func export(_ url: String, _ more: String = "") throws -> TelemetryExport.Report {
        let collector = Collector(try Self.settings(url, more), environment: .development)
        return try TelemetryExport(
            collector, over: connection, send: HTTPClient.sender(to: collector.destination)
        ).run()
    }

    /// The spans of a request.
    private static func spans(_ body: String) throws -> [JSONValue] {
        let resource = try #require(try JSONValue(parsing: Array(body.utf8))["resourceSpans"]?.array?.first)
        return try #require(resource["scopeSpans"]?.array?.first?["spans"]?.array)
    }

    private static func ids(_ spans: [JSONValue]) -> [String] { spans.map { $0["spanId"]?.string ?? "" } }

    /// Of each span named so: the value of an attribute.
    private static func attribute(_ name: String, of span: JSONValue) -> String? {
        let value = span["attributes"]?.array?.first { $0["key"]?.string == name }?["value"]
        return value?["stringValue"]?.string ?? value?["intValue"]?.string
    }

    private func setParent(_ flags: String, ofEvents condition: String) throws {
        try fixture.superuser.execute(
            """
            update events set headers = '[["accept", "*/*"],
                ["traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-\(flags)"]]' where \(condition)
            """)
    }

    /// An event and an attempt as those that are there, in a transaction that is still open.
    private func writeLate() throws -> Connection {
        let late = try Connection(
            conninfo: SharedCluster.get().conninfo(database: fixture.database), applicationName: "hookledger-tests",
            settings: [("search_path", "hookledger")], queryDeadline: .seconds(30))
        try late.execute(
            """
            begin;
            do $$ begin
                execute (
                    select format('insert into events (%1$s) select %2$s from events order by id limit 1',
                        string_agg(quote_ident(attname), ', '),
                        string_agg(case when attname = 'id' then 'id + 1000000' else quote_ident(attname) end, ', '))
                    from pg_attribute where attrelid = 'events'::regclass and attnum > 0 and not attisdropped
                        and attname <> 'written_by' and attgenerated = '');
            end $$;
            insert into job_attempts
            select (jsonb_populate_record(t, '{"job_id": 1000000}')).* from job_attempts as t order by t.job_id limit 1
            """)
        return late
    }

    /// What commits late is sent late, and nothing is sent twice. Without anything new nothing is asked and nothing is written.
    @Test func eachSpanIsSentOnce() throws {
        let collector = try Receiver { _, _ in .say(200, "{}") }
        let destination = try Receiver { _, _ in .answer(200) }
        let action = TestAction.posting(destination.url, doubt: .repeatable)

        // Off: no place in a trace, no row, no look.
        try fixture.enqueue(1)
        #expect(try fixture.run([action]).done == 1)
        #expect(destination.heads.allSatisfy { !$0.contains("traceparent") })
        #expect(try fixture.count("telemetry_progress") == 0)
        for needs in [[], .body] as [SubjectNeeds] {
            #expect(!WorkSQL.subjects(needs).text.contains("traceparent"))
        }

        // On: what was there before is not sent.
        #expect(try export(collector) == TelemetryExport.Report())
        try fixture.enqueue(1)
        try setParent("01", ofEvents: "id = (select max(id) from events)")
        let late = try writeLate()
        try fixture.enqueue(2)
        #expect(try fixture.run([action]) { $0.sampler = .followParent }.done == 3)
        #expect(try export(collector).sent == 6)
        try late.execute("commit")
        #expect(try export(collector).sent == 2)
        let row = "select xmin::text || ctid::text from telemetry_progress"
        let before = try fixture.value(row)
        #expect(try export(collector).sent == 0)
        #expect(try fixture.value(row) == before && collector.taken.count == 2)

        let parts = try collector.taken.map(Self.spans)
        let spans = parts.flatMap(\.self)
        #expect(spans.count == 8 && Set(Self.ids(spans)).count == 8)
        #expect(
            Self.attribute("hookledger.event.id", of: parts[1][0]).flatMap { Int($0) }.map { $0 > 1_000_000 } == true)
        #expect(Self.attribute("hookledger.job.id", of: parts[1][1]) == "1000000")
        try checkPlaces(parts[0], at: destination)
    }

    /// Deliveries are the parents of attempts, and these of what the destination does.
    private func checkPlaces(_ spans: [JSONValue], at destination: Receiver) throws {
        let (deliveries, attempts) = (spans.filter { $0["kind"] == 2 }, spans.filter { $0["kind"] == 3 })
        #expect(deliveries.count == 3 && attempts.count == 3)
        for attempt in attempts {
            let event = Self.attribute("hookledger.event.id", of: attempt)
            let parent = try #require(deliveries.first { Self.attribute("hookledger.event.id", of: $0) == event })
            #expect(attempt["traceId"] == parent["traceId"] && attempt["parentSpanId"] == parent["spanId"])
            let place = "traceparent: 00-\(attempt["traceId"]?.string ?? "")-\(attempt["spanId"]?.string ?? "")-01"
            #expect(destination.heads.filter { $0.contains(place) }.count == 1)
            #expect(Self.attribute("server.address", of: attempt) == "127.0.0.1")
            #expect(Self.attribute("server.port", of: attempt) == "\(destination.port)")
            #expect(Self.attribute("http.response.status_code", of: attempt) == "200" && attempt["status"] == nil)
        }
        let continued = deliveries.filter { $0["traceId"]?.string == "4bf92f3577b34da6a3ce929d0e0e4736" }
        #expect(continued.map { $0["parentSpanId"]?.string } == ["00f067aa0ba902b7"])
        #expect(deliveries.filter { $0["parentSpanId"] == nil }.count == 2)
    }

    @Test func whatTheSendersTracingLeftOutIsSentOnlyIfAllIs() throws {
        let collector = try Receiver { _, _ in .say(200, "{}") }
        _ = try export(collector)
        try fixture.enqueue(2)
        try setParent("00", ofEvents: "true")
        #expect(try export(collector).sent == 0 && collector.taken.isEmpty)
        #expect(try export(collector, "sampler: always_on").sent == 0)
        try fixture.enqueue(1)
        try setParent("00", ofEvents: "true")
        #expect(try export(collector, "sampler: always_on").sent == 1)
    }

    /// A failed attempt is an error; nothing that a destination said is in its span.
    @Test func failuresAreErrorsWithoutTheirReasons() throws {
        let collector = try Receiver { _, _ in .say(200, "{}") }
        let destination = try Receiver { _, _ in .say(500, "Erika Mustermann, +49 30 123456") }
        _ = try export(collector)
        try fixture.enqueue(1, maxAttempts: 2)
        var action = TestAction.posting(destination.url, doubt: .repeatable)
        action.judged = { reply in .retry(counted: true, reason: (try? reply.get())?.text ?? "") }
        // A run may end before the second attempt is due.
        for _ in 0..<100 where try fixture.count("jobs", "state = 2") == 0 { _ = try fixture.run([action]) }
        #expect(try fixture.count("job_attempts", "reason like '%Mustermann%'") == 2)
        #expect(try export(collector).sent == 3)
        let body = try #require(collector.taken.first)
        #expect(!body.contains("Mustermann"))
        let attempts = try Self.spans(body).filter { $0["kind"] == 3 }
        #expect(attempts.map { Self.attribute("hookledger.job.outcome", of: $0) } == ["retry", "dead"])
        #expect(attempts.map { Self.attribute("hookledger.job.attempt", of: $0) } == ["1", "2"])
        #expect(attempts.allSatisfy { $0["status"]?["code"] == 2 && Self.attribute("error.type", of: $0) == "500" })
    }

    /// The specification of OTLP: 429 and 503 are retried when they say, other refusals never, and single spans may be rejected.
    @Test func theAnswersAreHeeded() throws {
        let collector = try Receiver { number, _ in
            switch number {
            case 1: .refuse(429, retryAfter: "120")
            case 2: .say(200, #"{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too long"}}"#)
            case 3: .say(401, #"{"message":"unknown key open-sesame"}"#)
            case 4: .say(400, #"{"code":3,"message":"no such tenant"}"#)
            default: .say(200, "{}")
            }
        }
        _ = try export(collector)
        try fixture.enqueue(2)
        let busy = try export(collector)
        #expect(busy.sent == 0 && busy.away?.hasPrefix("it answered 429") == true)
        #expect(
            try fixture.value(
                "select next_at > now() + interval '1 minute' and next_at <= now() + interval '2 minutes' from telemetry_progress"
            )
                == "true")
        #expect(try export(collector) == TelemetryExport.Report() && collector.taken.count == 1)

        try fixture.superuser.execute("update telemetry_progress set next_at = now()")
        let partial = try export(collector)
        #expect(partial.sent == 1 && partial.refused == 1 && partial.isBack)
        #expect(partial.refusal == "it rejected 1 of 2 spans: too long")
        // The same ids, so that the collector knows them.
        #expect(collector.taken[0] == collector.taken[1])
        #expect(
            collector.heads.allSatisfy {
                $0.contains("Authorization: Bearer open-sesame") && $0.contains("POST /v1/traces ")
            })

        try fixture.enqueue(1)
        let refused = try export(collector)
        #expect(refused.refused == 1 && refused.sent == 0 && refused.refusal == "it answered 401")
        try fixture.enqueue(1)
        #expect(try export(collector).refusal == "it answered 400: no such tenant")
        #expect(try fixture.value("select refusal from telemetry_progress") == "it answered 400: no such tenant")
        #expect(try export(collector).sent == 0 && collector.taken.count == 4)
        try fixture.enqueue(1)
        #expect(try export(collector).sent == 1)
    }

    @Test func aCollectorThatIsAwayIsAskedLater() throws {
        let collector = try Receiver { _, _ in .say(200, "{}") }
        _ = try export(collector)
        try fixture.enqueue(1)
        let away = "http://127.0.0.1:1"
        #expect(try export(away).away?.hasPrefix("unreachable") == true)
        #expect(try export(away) == TelemetryExport.Report())
        try fixture.superuser.execute("update telemetry_progress set next_at = now()")
        // Said once.
        #expect(try export(away).away == nil)
        try fixture.superuser.execute("update telemetry_progress set next_at = now()")
        let back = try export(collector)
        #expect(back.sent == 1 && back.isBack)

        // Another worker is at it.
        try fixture.enqueue(1)
        try fixture.superuser.execute("update telemetry_progress set lease_until = now() + interval '1 minute'")
        #expect(try export(collector).sent == 0)
        try fixture.superuser.execute("update telemetry_progress set lease_until = now()")
        #expect(try export(collector).sent == 1)
    }

    @Test func whatIsTooOldIsDroppedAndCounted() throws {
        let collector = try Receiver { _, _ in .say(200, "{}") }
        _ = try export(collector)
        try fixture.enqueue(3)
        #expect(try fixture.run([TestAction.ending(.done())]).done == 3)
        try fixture.superuser.execute(
            """
            select fill_weeks('events', now() - interval '1 day', now());
            update events set received_at = received_at - interval '4 minutes';
            update telemetry_progress set seen_at = now() - interval '5 minutes'
            """)
        try fixture.enqueue(2)
        let report = try export(collector, "max_age: 1min")
        #expect(report.dropped == 6 && report.sent == 2)
        #expect(try export(collector, "max_age: 1min") == TelemetryExport.Report())

        // After a recovery to an earlier time the position is in the future.
        try fixture.superuser.execute("update telemetry_progress set seen = '99999999999:99999999999:'")
        #expect(try export(collector).sent == 0)
        try fixture.enqueue(1)
        #expect(try export(collector).sent == 1)
    }

    /// xmin has half of the number of a transaction, and starts again after four billion.
    @Test(arguments: [
        ("990", "1000", "990"), ("1010", "1000", "1010"), ("4294967290", "4294967301", "4294967290"),
        ("10", "4294967290", "4294967306"), ("5", "12884901893", "12884901893"), ("2", "100", "3"),
    ])
    func theTransactionOfARowIsFound(_ xmin: String, _ near: String, _ transaction: String) throws {
        let found = try connection.query("select hookledger.row_transaction('\(xmin)', '\(near):\(near):')::text")
            .only()
        #expect(try found.text(0) == transaction)
    }
}
