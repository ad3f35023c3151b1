import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// schemathesis (PyPI) reads the OpenAPI document off a running stack and looks for an answer that the document does
/// not tell of, a wrong request that is taken, a right one that is not, and a fault.
@Suite(
    .serialized,
    .stack {
        try TestStack.useRealPrograms(&$0)
        $0.apiRate = RateLimit(requests: 1_000_000, window: .milliseconds(60_000))
    }) struct SchemathesisTests
{
    private static let release = "schemathesis==4.32.5"

    /// The program, installed beside the tests' build unless it is there; nil when PyPI cannot be reached.
    private static let program: String? = {
        guard let folder = try? Executable.folder() + "/schemathesis" else { return nil }
        let program = folder + "/bin/st"
        let mark = folder + "/" + release
        if Files.exists(mark) { return program }
        func succeeds(_ command: [String]) -> Bool {
            (try? ChildProcess.run(ChildCommand(command), timeout: .seconds(300)))?.succeeded == true
        }
        guard succeeds(["python3", "-m", "venv", folder]),
            succeeds([folder + "/bin/pip", "install", "-q", release]),
            (try? Files.write(mark, text: "")) != nil
        else { return nil }
        return program
    }()

    @Test func findsNothing() async throws {
        guard let program = Self.program else {
            return print("schemathesis is skipped: PyPI, or python3-venv, cannot be reached from here")
        }
        let stack = try TestStack.ofSuite()
        // No anonymous reading, so that a missing token is one; and something of every kind to be found.
        try Files.write(
            stack.folder.path + "/hookledger.yaml",
            text: Files.readText(stack.folder.path + "/hookledger.yaml")
                .replacing("anonymous_read: loopback", with: "anonymous_read: none"))
        let old = try #require(try TestStack.processes(stack.folder)["api"])
        ChildProcess.Signal.terminate.send(to: old)
        let shop = try Shop(stack)
        #expect(try shop.curl.poll(stack.state.url + "/api/v2/session") { $0.status == 401 } != nil)
        #expect(try shop.send(.guide("1001", "AWAITING_SHIPMENT", at: Shop.now, amount: "49.98")).status == 200)
        #expect(try shop.post("{}", []).status == 401)
        let made = try StackTool(stack).run(["token", "create", "schemathesis", "--scope", "admin"])
        let token = try #require(made.text.split(separator: "\n").first)
        let url = stack.state.url
        // A target that nginx takes no longer is refused, too; schemathesis does not count 414 among refusals by
        // itself.
        try Files.write(
            stack.folder.path + "/schemathesis.toml",
            text: """
                [checks]
                negative_data_rejection.expected-statuses = [
                    "400", "401", "403", "404", "405", "406", "409", "414", "415", "422", "428", "429", "5xx",
                ]

                """)
        let command = [
            program, "run", url + "/openapi.json", "--url", url, "--tls-verify", stack.folder.certificate,
            "-H", "Authorization: Bearer \(token)", "--max-examples", "10", "--max-time", "150", "--workers", "1",
            "--generation-deterministic", "--no-color",
            // Hooks take what is signed, from senders that are counted when it is not; the guides' tests send to them.
            "--exclude-tag", "hooks",
        ]
        let output = try await onThread {
            try ChildProcess.run(
                ChildCommand(
                    command, environment: ["PATH": "/usr/bin:/bin", "HOME": stack.folder.path, "no_proxy": "*"],
                    folder: stack.folder.path),
                timeout: .seconds(400))
        }
        let (found, text) = (!output.succeeded, output.text + output.errorText)
        #expect(!found, "\(text.suffix(6000))")
        let isWhole = text.contains("Tested: 48")
        #expect(isWhole, "\(text.suffix(2000))")
        #expect(try StackBooks(stack).errorLines().filter { $0.contains("API request failed") } == [])
    }
}
