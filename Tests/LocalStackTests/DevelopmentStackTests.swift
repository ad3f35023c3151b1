import JSON
import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

@Suite(.serialized, .stack()) struct DevelopmentStackTests: StackUser {
    let stack: LocalStack

    init() throws { stack = try TestStack.ofSuite() }

    @Test func answersOverTLSWithACertificateForItsNames() throws {
        let port = try #require(stack.state.url.split(separator: ":").last)
        for host in ["localhost", "127.0.0.1"] {
            let answer = try curl.get("https://\(host):\(port)/webhook/tiktok", ["--data-raw", "body"])
            #expect(answer.status == 200)
            #expect(answer.body == "body")
            #expect(answer.header("strict-transport-security") == nil)
        }
    }

    @Test func isNotTrustedWithoutTheCertificate() throws {
        let output = try ChildProcess.run(ChildCommand(["curl", "-sS", "--noproxy", "*", stack.state.url + "/health"]))
        // curl(1): 60, "Peer certificate cannot be authenticated with known CA certificates".
        #expect(output.status == .exited(60))
    }

    @Test func servesEverythingOverPlainHTTPInDevelopment() throws {
        for path in ["/health", "/webhook/tiktok", "/api/orders/1"] {
            #expect(try curl.get(stack.state.plainURL + path).status == 200)
        }
    }

    @Test func writesAFileToSource() throws {
        #expect(try Files.status(stack.folder.environment)?.mode == 0o600)
        let names = [
            "HOOKLEDGER_URL", "HOOKLEDGER_CA", "HOOKLEDGER_CONFIG", "HOOKLEDGER_DATABASE", "HOOKLEDGER_READER",
            "TIKTOK_APP_KEY", "TIKTOK_APP_SECRET", "TIKTOK_ACCESS_TOKEN", "WEBHOOK_SECRET", "EVERSHOP_WEBHOOK_SECRET",
            "SLACK_WEBHOOK_URL",
        ]
        // `env` shows only what is exported.
        let script = ". \"$1\" && . \"$1\" && env && command -v hookledger"
        let output = try ChildProcess.run(
            ChildCommand(
                ["/bin/sh", "-eu", "-c", script, "sh", stack.folder.environment], environment: ["PATH": "/usr/bin:/bin"]
            ))
        #expect(output.succeeded)
        let lines = output.text.split(separator: "\n")
        for name in names {
            let value = lines.first { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1)
            #expect(value?.isEmpty == false, "\(name)")
        }
        #expect(lines.contains("HOOKLEDGER_URL=\(stack.state.url)"))
        #expect(lines.last?.hasSuffix("/hookledger") == true)
        let path = try #require(lines.first { $0.hasPrefix("PATH=") })
        #expect(path.split(separator: ":").count == 3, "sourcing it twice must not grow \(path)")
    }

    @Test func connectsAsSuperuserAndAsReader() throws {
        let superuser = try Connection(conninfo: stack.state.database, applicationName: "test")
        let tables = try superuser.query("SELECT count(*) AS n FROM pg_tables WHERE schemaname = 'hookledger'")
        #expect(try tables.only().bigint("n") > 5)
        let reader = try Connection(conninfo: stack.state.reader, applicationName: "test")
        #expect(try reader.query("SELECT * FROM order_processing_queue").isEmpty)
    }

    @Test func startsAKilledResponderAgain() throws {
        let old = try #require(try TestStack.processes(stack.folder)["ingest"])
        ChildProcess.Signal.kill.send(to: old)
        let answer = try curl.poll(stack.state.url + "/health") { $0.status == 200 }
        #expect(answer != nil)
        let isReplaced = try eventually {
            let new = try TestStack.processes(stack.folder)["ingest"]
            return new != nil && new != old
        }
        #expect(isReplaced)
        #expect(try Files.readText(stack.folder.log("supervisor")).contains("ingest ended"))
    }

    @Test func standsInForSlack() throws {
        let url = stack.state.slackURL
        let taken = try curl.get(url, ["--data-raw", #"{"text":"A new order"}"#])
        #expect((taken.status, taken.body) == (200, "ok"))
        let answer = try curl.get(url, ["--data-raw", "no JSON"])
        #expect((answer.status, answer.body) == (400, "invalid_payload"))
        let empty = try curl.get(url, ["--data-raw", "{}"])
        #expect((empty.status, empty.body) == (400, "no_text"))
        let lines = try Files.readText(stack.folder.slackMessages).split(separator: "\n")
        let message = try JSONValue(parsing: Array(try #require(lines.last).utf8))
        #expect(lines.count == 1)
        #expect(message["payload"]?["text"]?.string == "A new order")
    }
}
