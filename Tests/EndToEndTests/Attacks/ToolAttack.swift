import LocalStack
import Platform
import StackSuite
import Testing

extension Attacks {
    /// A token must not go over the network in the clear, whatever a person types.
    @Test func aTokenGoesOverTLSOnly() async throws {
        try await attack(6, "listen --server without TLS") { count in
            for server in [
                "http://hooks.example.com", "http://192.0.2.1", "http://127.0.0.1@hooks.example.com",
                "http://127.0.0.1:80@hooks.example.com", "http://localhost.example.com", "HTTP://hooks.example.com",
                "http://[::1]x.example.com",
            ] {
                let output = try StackTool(stack).run(
                    [
                        "listen", "--server", server, "--token-env", "TOKEN", "--forward-to", "http://127.0.0.1:9",
                        "--once",
                    ], with: "TOKEN=\(Self.word)")
                count.expect(
                    output.status == .exited(64) && !output.errorText.contains(Self.word),
                    "\(server): \(output.errorText)")
            }
        }
    }

    /// A secret may stand where a key should.
    @Test func aSecretThatStandsAsAKeyIsNotShown() async throws {
        try await attack(4, "a secret as a key of the configuration") { count in
            for yaml in [
                "\(Self.word): 1", "sources: { s: { providers: github, secrets: { \(Self.word): } } }",
                "sources: { s: { providers: github, \(Self.word): 1, \(Self.word): 2 } }",
                "database: { \(Self.word): 1 }",
            ] {
                let file = stack.folder.path + "/broken.yaml"
                try Files.write(file, text: yaml)
                let output = try StackTool(stack).run(["config", "check", "--config", file])
                count.expect(
                    !output.succeeded && !(output.text + output.errorText).contains(Self.word), "\(yaml)")
            }
        }
    }

    /// A slow flood of forgeries makes counts, and counts carry no body.
    @Test func aFloodOfForgeriesWritesLittle() async throws {
        try await attack(5, "forged bodies of 4 KiB, 400 at once") { count in
            let before = try books.count("select coalesce(sum(length(body)), 0) from refusals where source = 'github'")
            let file = stack.folder.path + "/forged"
            try Files.write(file, [UInt8](repeating: 0x61, count: 4096))
            let script = """
                seq 400 | xargs -P 16 -I{} curl -sS -o /dev/null --noproxy '*' --max-time 30 \
                --cacert '\(stack.folder.certificate)' -H 'X-Hub-Signature-256: sha256=\(String(repeating: "0", count: 64))' \
                --data-binary '@\(file)' '\(stack.state.url)/webhook/github'
                """
            #expect(try ChildProcess.run(ChildCommand(["/bin/sh", "-c", script])).succeeded)
            let all = "select sum(1 + unrecorded) >= 400 from refusals where source = 'github'"
            #expect(try await books.eventually(all, are: ["t"]))
            let bytes = try books.count("select sum(length(body)) from refusals where source = 'github'") - before
            // Of at most two minutes.
            count.expect(bytes <= 2 * 60 * 4096, "\(bytes) bytes of bodies were written")
            count.expect(
                try books.count("select count(*) from refusals where unrecorded > 0 and length(body) > 0") == 0,
                "a count carries a body")
        }
    }
}
