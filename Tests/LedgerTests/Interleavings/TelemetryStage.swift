import JSON
import Outbound
import Platform
import Postgres
import Settings
import Webhooks

@testable import Actions
@testable import Jobs

/// Two exporters of spans, of which one dies once the collector has taken its spans, and a transaction that commits late.
final class TelemetryStage: Sendable {
    /// How often each span was taken, and which ones were taken from the exporter that died.
    private let taken = Monitor((times: [String: Int](), fromDead: Set<String>()))

    /// Pause points before a lease is taken and before the position moves. A lease ends here only when the judge ends it: a test may
    /// stand still for longer than a minute.
    static let gates = """
        create function hookledger.gate_of_telemetry() returns trigger language plpgsql as $$
        begin
            perform hookledger.gate(tg_argv[0]);
            return null;
        end
        $$;
        create function hookledger.lasting_lease() returns trigger language plpgsql as $$
        begin
            if new.lease_until > now() then
                new.lease_until := 'infinity';
            end if;
            return new;
        end
        $$;
        create trigger leasing before update of turn on hookledger.telemetry_progress
        execute function hookledger.gate_of_telemetry('leasing');
        create trigger moving before update of accepted_at on hookledger.telemetry_progress
        execute function hookledger.gate_of_telemetry('moving');
        create trigger lasting before update on hookledger.telemetry_progress for each row
        execute function hookledger.lasting_lease()
        """

    private static func settings() throws -> TelemetrySettings {
        let input = SettingsInput(
            variable: { _ in nil },
            readFile: {
                $0 == "/c.yaml"
                    ? .bytes(Array("database: dbname=x\ntelemetry:\n  otlp: http://127.0.0.1:9\n".utf8)) : .absent
            }, fileMode: { _ in nil })
        let settings = try Settings.load(
            path: "/c.yaml", from: input, kinds: ActionTable.kinds, now: Timestamp(microseconds: 0))
        guard let telemetry = settings.telemetry else { throw PostgresError(message: "no telemetry") }
        return telemetry
    }

    private static func spans(_ request: HTTPRequest) -> [String] {
        let resource = (try? JSONValue(parsing: request.body ?? []))?["resourceSpans"]?.array?.first
        let spans = resource?["scopeSpans"]?.array?.first?["spans"]?.array ?? []
        return spans.compactMap { $0["spanId"]?.string }
    }

    /// An exporter.
    /// - Parameter isDying: nothing that it does after its first request counts, as if its process had ended.
    func export(isDying: Bool) throws -> Player.Work {
        let settings = try Self.settings()
        return { [taken] connection in
            try connection.execute("rollback")
            let exporter = TelemetryExport(Collector(settings, environment: .development), over: connection) {
                request in
                let spans = Self.spans(request)
                taken.change { taken in
                    for span in spans { taken.times[span, default: 0] += 1 }
                    if isDying { taken.fromDead.formUnion(spans) }
                }
                _ = try? connection.query("select hookledger.gate('sent')")
                if isDying { try? connection.execute("begin; select 1 / 0") }
                return .success(HTTPResponse(status: 200, body: Array("{}".utf8)))
            }
            return "sent \(try exporter.run().sent)"
        }
    }

    /// A delivery and an attempt whose transaction began before what others wrote meanwhile.
    static let writeLate: Player.Work = { connection in
        try connection.execute("begin; \(rows(3...3))")
        _ = try connection.query("select hookledger.gate('written')")
        try connection.execute("commit")
        return "written"
    }

    private static func rows(_ ids: ClosedRange<Int>) -> String {
        """
        insert into events (id, received_at, source, provider, provider_type, type, disposition, verification, scheme,
            request_id, remote_addr, method, path, query, headers, body)
        select n, now(), 'shop', 'p', '1', 't', 'created', 'signature', 's', 'r' || n, '', 'POST', '/', '', '[]', ''
        from generate_series(\(ids.lowerBound), \(ids.upperBound)) as n;
        insert into job_attempts (job_id, attempt, action, kind, rule, event_id, event_received_at, job_created_at, started_at,
            finished_at, outcome)
        select n, 1, 'ops', 'slack', '1', n, now(), now(), now(), now(), 'done'
        from generate_series(\(ids.lowerBound), \(ids.upperBound)) as n
        """
    }

    /// Two deliveries and two attempts that were not sent yet.
    func prepare(_ superuser: Connection) throws {
        taken.change { $0 = ([:], []) }
        try superuser.execute("delete from events; delete from job_attempts; delete from telemetry_progress")
        try superuser.execute(TelemetrySQL.begin)
        try superuser.execute("begin; \(Self.rows(1...2)); commit")
    }

    /// What is wrong once the lease of the dead has ended and another exporter has sent the rest.
    func violations(_ outcomes: [String], _ superuser: Connection) throws -> [String] {
        let before = taken.withLock { $0.times }
        try superuser.execute(
            "update telemetry_progress set lease_until = now() - interval '1 second' where lease_until is not null")
        let last = try export(isDying: false)(superuser)
        var wrong: [String] = []
        func expect(_ holds: Bool, _ invariant: String) { if !holds { wrong.append(invariant) } }
        let (times, fromDead) = taken.withLock { $0 }
        // It has nothing to send, or it dies: a transaction that has failed moves no position.
        expect(["sent 0", "error 25P02"].contains(outcomes[0]), "the first one dies or sends nothing")
        expect(outcomes[1].hasPrefix("sent") && last.hasPrefix("sent"), "the others live")
        expect(outcomes[2] == "written", "rows are written")
        expect(before.values.allSatisfy { $0 == 1 }, "while a lease lasts, nobody else sends its spans")
        expect(times.count == 6, "each span is sent, also what was committed late: \(times.count)")
        for (span, count) in times {
            expect(count == 1 || count == 2 && fromDead.contains(span), "what no exporter died with is sent once")
        }
        return wrong
    }
}
