import HTTPReceiver
import JobsSupport
import LocalStack
import Platform
import Postgres
import TestThreads
import Testing

/// `hookledger listen` with a filter, a bare port, and keys of a terminal.
@Suite(.blocking) struct ListenKeyTests {
    private let fixture: JobsFixture
    private let program: BatchProgram
    private let receiver: Receiver

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(fixture, url: "http://127.0.0.1:1")
        receiver = try Receiver { _, _ in .answer(200) }
    }

    private var port: String { String(receiver.url.split(separator: ":").last?.prefix { $0.isNumber } ?? "") }

    private func listener(_ arguments: [String]) -> ChildCommand {
        var command = program.tool(["listen"] + arguments + ["--cursor", program.folder + "/cursor", "--every", "50"])
        command.environment?["PATH"] = Environment.value(of: "PATH")
        command.environment?["TERM"] = "xterm"
        command.environment?["HOOKLEDGER_URL"] = "https://localhost:8443/"
        return command
    }

    private func run(_ arguments: [String]) throws -> (status: Platform.ExitStatus, errors: String) {
        let output = try ChildProcess.run(listener(arguments))
        return (output.status, output.errorText)
    }

    @Test func aFilterIsInTheLanguageOfRules() throws {
        defer { program.remove() }
        let filter = ["--once", "--where", "type: order.created, order.total_amount: { gte: 20 }"]
        #expect(try run([port] + filter).status == .exited(0))
        try fixture.superuser.execute(
            """
            insert into events (id, received_at, source, provider, provider_type, type, subject, disposition, verification,
                scheme, request_id, remote_addr, method, path, query, headers, body)
            select nextval('event_ids'), now(), 'shop', 'tiktok_shop_guide', 'order_created', 'order.created', 'order:' || n,
                'stored', 'signature', 'tiktok_shop_guide', 'r', '127.0.0.1', 'POST', '/webhook/tiktok', '', '[]',
                convert_to('{"type":"order_created","timestamp":1735380000,"data":{"order_id":"' || n
                    || '","total_amount":' || n * 10 || ',"create_time":1735380000}}', 'UTF8')
            from generate_series(1, 3) as n
            """)
        #expect(try run([port] + filter).status == .exited(0))
        #expect(receiver.heads.count == 2)
        // What did not fit counts as seen.
        #expect(try run([port, "--once"]).status == .exited(0))
        #expect(receiver.heads.count == 2)
    }

    @Test(arguments: [
        (["--where", "typ: order.created"], "did you mean \"type\"?"),
        (["--where", "source: shpo"], "did you mean \"shop\"?"),
        (["--where", "order.total_amount: { gte: much }"], "must be a number"),
        (["--where", "{ type: x"], "not valid YAML"), (["--where", ""], "no condition"),
        (["--where", "event.verified: any"], "for rules of the configuration only"),
        (["--forward-to", "3001"], "give the target once"), ([], "neither a port nor a URL"),
    ])
    func aMistakeIsNamed(_ arguments: [String], _ text: String) throws {
        defer { program.remove() }
        let end = try run([arguments.isEmpty ? "70000" : port, "--once"] + arguments)
        #expect(end.status == .exited(64) && end.errors.contains(text), "\(end.errors)")
    }

    @Test func keysRetryOpenCopyFilterAndQuit() throws {
        defer { program.remove() }
        #expect(try run([port, "--once"]).status == .exited(0))
        try fixture.enqueue(1, orders: 1)
        let id = try #require(try fixture.value("select max(id) from events"))
        let output = try ChildProcess.run(
            TestTerminal.around(
                listener([port]), columns: 80,
                steps: [
                    ("f filter", ""), ("200 in", "r"), ("200 in", "o"),
                    ("https://localhost:8443/inspect/#/deliveries/event/\(id)", "c"), ("copied: curl -X POST", "f"),
                    ("empty for all", "type: nothing\n"), ("only events with type: nothing", "?"), ("q quit", "q"),
                ]))
        #expect(output.status == .exited(0), "\(output.text)")
        #expect(receiver.heads.count == 2)
        #expect(output.text.contains("\u{1B}]52;c;"))
        // The terminal is left as it was.
        let after = try ChildProcess.run(
            TestTerminal.around(
                ChildCommand(
                    ["sh", "-c", "\"$@\" ; stty -a", "sh"] + listener([port]).arguments,
                    environment: listener([port]).environment),
                columns: 80, steps: [("f filter", "q")]))
        #expect(after.text.contains(" icanon") && after.text.contains(" echo "), "\(after.text)")
    }
}
