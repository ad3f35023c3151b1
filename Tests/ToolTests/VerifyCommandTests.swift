import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// `hookledger verify` and `sign`, as a person or a script calls them.
@Suite(.place) struct VerifyCommandTests {
    private func hookledger(
        _ arguments: [String], secret: String? = "It's a Secret to Everybody", body: String = "Hello, World!"
    ) throws -> ChildOutput {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try Files.write(folder + "/body", text: body)
        let program = try Executable.folder() + "/hookledger"
        var environment = ["PATH": "/usr/bin:/bin"]
        environment["SECRET"] = secret
        let filled = arguments.map { $0.replacing("BODY", with: folder + "/body") }
        return try ChildProcess.run(ChildCommand([program] + filled, environment: environment))
    }

    /// GitHub's own example: docs.github.com, "Validating webhook deliveries".
    private let gitHub = [
        "verify", "--provider", "github", "--secret-env", "SECRET", "--body", "BODY", "--header",
        "X-Hub-Signature-256: sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    ]

    @Test func theVerdictIsTheExitCode() throws {
        let right = try hookledger(gitHub)
        #expect(right.status == .exited(0))
        #expect(right.text == "accepted: the signature is right (github, key SECRET)")
        #expect(try hookledger(gitHub, secret: "another").status == .exited(1))
        let empty = try hookledger(gitHub, secret: "")
        #expect(empty.status == .exited(1))
        #expect(empty.text.contains("the signing secret SECRET is empty"))
    }

    /// A scheme of one's own is tried out as the responder will have it.
    @Test func aSourceIsHeldByItsConfiguration() throws {
        try TestStack.inFolder { folder in
            let config = folder + "/hookledger.yaml"
            try Files.write(
                config,
                text: """
                    database: "dbname=hookledger"
                    sources:
                      erp:
                        providers: [custom]
                        paths: [/hooks/erp]
                        secrets: [ { env: SECRET } ]
                        scheme:
                          header: X-ERP-Signature
                          format: { pairs: h1 }
                          separator: ";"
                          message: [timestamp, ".", body]
                          timestamp: { header: X-ERP-Time }

                    """)
            try Files.write(folder + "/signed", text: "1700000000.hi")
            let signature = try ChildProcess.run(
                ChildCommand(["openssl", "dgst", "-sha256", "-hmac", "key", folder + "/signed"]))
            let hex = signature.text.split(separator: " ").last.map(String.init) ?? ""
            let delivered = [
                "verify", "--config", config, "--source", "erp", "--body", "BODY", "--at", "1700000010", "--header",
                "X-ERP-Signature: h1=\(hex)", "--header", "X-ERP-Time: 1700000000",
            ]
            let right = try hookledger(delivered, secret: "key", body: "hi")
            #expect(right.status == .exited(0), "\(right.text) \(right.errorText)")
            #expect(try hookledger(delivered, secret: "key", body: "ho").status == .exited(1))
            let late = try hookledger(
                delivered.map { $0 == "1700000010" ? "1700009999" : $0 }, secret: "key", body: "hi")
            #expect(late.status == .exited(1) && late.text.contains("9999 s old"))
            #expect(try hookledger(delivered + ["--provider", "github"], secret: "key").status == .exited(2))
            let other = try hookledger(delivered.map { $0 == "erp" ? "crm" : $0 }, secret: "key")
            #expect(other.status == .exited(2) && other.errorText.contains("the sources are erp"))
        }
        #expect(try hookledger(["verify", "--body", "BODY"]).status == .exited(2))
    }

    @Test func aReencodedBodyIsRecognized() throws {
        let output = try hookledger(gitHub + ["--json"], body: "Hello, World!\n")
        #expect(output.status == .exited(1))
        let json = try JSONValue(parsing: Array(output.text.utf8))
        #expect(json["accepted"]?.bool == false)
        #expect(json["kind"]?.string == "no_secret_matched")
        #expect(json["hints"]?.array?.first?.string?.contains("without the line end at its end") == true)
    }

    @Test func whatIsUnsignedIsAcceptedWhereTheSourceLeavesItOpen() throws {
        let roms = ["verify", "--provider", "roms", "--body", "BODY"]
        let open = try hookledger(roms + ["--verification", "optional"])
        #expect(open.status == .exited(0))
        #expect(open.text == "accepted: unverified; nothing is proven (none, key none)")
        let json = try hookledger(roms + ["--verification", "optional", "--json", "--secret-env", "SECRET"])
        #expect(try JSONValue(parsing: Array(json.text.utf8))["strength"] == "unverified")
        let wrong = ["--header", "X-Webhook-Signature: \(String(repeating: "0", count: 64))", "--secret-env", "SECRET"]
        #expect(try hookledger(roms + wrong + ["--verification", "optional"]).status == .exited(1))
        #expect(try hookledger(roms + wrong + ["--verification", "none"]).status == .exited(0))
        #expect(try hookledger(roms + ["--secret-env", "SECRET"]).status == .exited(1))
        #expect(try hookledger(roms + ["--verification", "required"]).status == .exited(2))
        #expect(try hookledger(roms + ["--verification", "off"]).status == .exited(2))
    }

    @Test func wrongUseIsTwo() throws {
        for arguments in [
            ["verify"], ["verify", "--provider", "nosuch", "--secret-env", "SECRET", "--body", "BODY"],
            ["verify", "--provider", "github", "--secret-env", "NO_SUCH", "--body", "BODY"],
            ["verify", "--provider", "github", "--secret-file", "/no/such", "--body", "BODY"],
            ["verify", "--provider", "github", "--secret-env", "SECRET", "--body", "/no/such"],
            ["verify", "--provider", "github", "--body", "BODY"], gitHub + ["--at", "soon"],
            gitHub + ["--header", "x"],
            gitHub + ["--credential", "x"], gitHub + ["--url", "x"], gitHub + ["--nosuch"], ["sign", "--nosuch"],
        ] {
            let output = try hookledger(arguments)
            #expect(output.status == .exited(2), "\(arguments): \(output.text) \(output.errorText)")
            #expect(!output.errorText.isEmpty)
        }
        #expect(try hookledger(["verify", "--help"]).status == .exited(0))
    }

    @Test func whatIsSignedVerifiesAndAnOldOneSaysHowOld() throws {
        let scheme = ["--provider", "standard-webhooks", "--secret-env", "SECRET", "--body", "BODY"]
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        let signed = try hookledger(
            ["sign"] + scheme + ["--header", "webhook-id: m1", "--at", "1700000000"], secret: secret)
        #expect(signed.succeeded, "\(signed.errorText)")
        let headers = (signed.text + "\nwebhook-id: m1").split(separator: "\n").flatMap { ["--header", String($0)] }
        #expect(headers.count == 6)
        let verify = ["verify"] + scheme + headers
        #expect(try hookledger(verify + ["--at", "1700000300"], secret: secret).succeeded)
        let old = try hookledger(verify + ["--at", "1700000312"], secret: secret)
        #expect(old.status == .exited(1))
        #expect(old.text.contains("timestamp is 312 s old, tolerance is 300 s"))
    }

    @Test func keysOfProvidersComeFromAFileOrAsACredential() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        func openssl(_ arguments: String...) throws {
            let output = try ChildProcess.run(ChildCommand(["openssl"] + arguments))
            try #require(output.succeeded, "\(output.errorText)")
        }
        try openssl("genpkey", "-algorithm", "RSA", "-out", folder + "/private")
        try openssl("pkey", "-in", folder + "/private", "-pubout", "-out", folder + "/public")
        try Files.write(folder + "/body", text: "{}")
        let scheme = ["--provider", "wise", "--body", folder + "/body"]
        let signed = try hookledger(["sign"] + scheme + ["--secret-file", folder + "/private"])
        #expect(signed.succeeded, "\(signed.errorText)")
        let verify = ["verify"] + scheme + ["--header", signed.text]
        #expect(try hookledger(verify + ["--secret-file", folder + "/public"]).succeeded)
        let pem = try Files.readText(folder + "/public")
        #expect(try hookledger(verify + ["--credential", "public_key=\(pem)"]).succeeded)
        let receiver = try hookledger(["sign"] + scheme + ["--secret-file", folder + "/public"])
        #expect(receiver.status == .exited(1))
        #expect(receiver.errorText.contains("private key"))
    }
}
