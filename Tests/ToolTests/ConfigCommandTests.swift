import JSON
import LocalStack
import Platform
import StackSuite
import Testing

/// `hookledger config check` and `hookledger nginx`, on configurations of their own.
@Suite(.place) struct ConfigCommandTests {
    private func hookledger(
        _ arguments: [String], yaml: String, _ body: (ChildOutput, _ folder: String) throws -> Void
    ) throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try Files.write(folder + "/hookledger.yaml", text: yaml)
        let program = try Executable.folder() + "/hookledger"
        let command = ChildCommand(
            [program] + arguments + ["--config", folder + "/hookledger.yaml"],
            environment: ["PATH": "/usr/bin:/bin", "SECRET": "s", "OTHER": "t", "BLANK": ""])
        try body(ChildProcess.run(command), folder)
    }

    private static let good = """
        database: "dbname=hookledger"
        sources:
          shop: { providers: [tiktok_shop_guide], secrets: [ { env: SECRET } ] }
          files: { providers: [generic_hmac_sha256_hex], paths: [/hooks/files], body_limit: 8388608, secrets: [ { env: SECRET } ] }
          own: { providers: [github], paths: ["/own/hook"], secrets: [ { env: OTHER } ] }
        api: { rate_limit: 30, rate_window: 1min, allowed_origins: ["https://Shop.example", "https://shop.example", "http://[::1]:3000"] }
        """

    @Test func everyMistakeIsReportedAtOnceWithItsLine() throws {
        let yaml = """
            database: "dbname=hookledger"
            sources:
              shop: { providers: [tiktok_shp_guide], secrets: [ { env: SECRET } ] }
              other: { providers: [github], secrets: [ "in plain text" ] }
            rules:
              - { when: { order.status: X }, do: [nothing] }
            colour: blue
            """
        try hookledger(["config", "check"], yaml: yaml) { output, folder in
            #expect(output.status == .exited(78))
            for line in [3, 4, 6, 7] {
                #expect(output.text.contains("\(folder)/hookledger.yaml:\(line): "), "\(line): \(output.text)")
            }
            #expect(output.text.contains("tiktok_shop_guide"), "it says what was meant: \(output.text)")
            #expect(!output.text.contains("in plain text") && !output.text.contains("\u{1B}"))
        }
        try hookledger(["config", "check", "--json"], yaml: yaml) { output, _ in
            let lines = try output.text.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
            let errors = lines.dropLast().filter { $0["severity"] == "error" }
            #expect(lines.last?["errors"]?.integer == Int64(errors.count) && errors.count >= 4)
            #expect(lines.last?["usable"] == false)
        }
    }

    @Test func aGoodOneIsUsable() throws {
        try hookledger(["config", "check"], yaml: Self.good) { output, _ in
            #expect(output.status == .exited(0), "\(output.text)")
            #expect(output.text.contains("usable; 3 sources on 3 paths, 0 actions, 0 rules"))
        }
    }

    /// The programs start with it: one source must not keep the others from being served.
    @Test(arguments: [("github", "BLANK"), ("standard_webhooks", "SECRET")])
    func anEmptyOrUndecodableSecretIsAMistake(_ provider: String, _ variable: String) throws {
        let yaml = Self.good.replacing(
            "  own: { providers: [github], paths: [\"/own/hook\"], secrets: [ { env: OTHER } ] }",
            with: "  own: { providers: [\(provider)], paths: [\"/own/hook\"], secrets: [ { env: \(variable) } ] }")
        try hookledger(["config", "check"], yaml: yaml) { output, folder in
            #expect(output.status == .exited(78))
            #expect(output.text.contains("\(folder)/hookledger.yaml:5: sources.own"), "\(output.text)")
            #expect(output.text.contains("1 mistake; the programs start, and answer such a source 503."))
        }
        try hookledger(["config", "check", "--json"], yaml: yaml) { output, _ in
            let last = try JSONValue(parsing: Array((output.text.split(separator: "\n").last ?? "").utf8))
            #expect(last["usable"] == false && last["errors"]?.integer == 1)
        }
        // One that is nowhere may come yet.
        let later = yaml.replacing("[\(provider)]", with: "[github]").replacing("env: \(variable)", with: "env: NONE")
        try hookledger(["config", "check"], yaml: later) { output, _ in #expect(output.status == .exited(0)) }
    }

    @Test func aNewerNginxGetsItsOwnDirectiveOfHTTP2() throws {
        let old = "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n"
        let new = "    listen 443 ssl;\n    listen [::]:443 ssl;\n    http2 on;\n"
        for (version, wanted, other) in [
            ("1.22.1", old, new), ("1.25.0", old, new), ("1.25.1", new, old), ("1.26.3", new, old),
        ] {
            try hookledger(["nginx", "--nginx-version", version], yaml: Self.good) { output, _ in
                #expect(output.text.contains(wanted) && !output.text.contains(other), "\(version)")
                #expect(output.text.contains("ssl default_server;\n    http2 on;") == (wanted == new))
            }
        }
        try hookledger(["nginx", "--nginx-version", "new"], yaml: Self.good) { output, _ in
            #expect(output.status == .exited(64))
        }
    }

    @Test func nginxTakesTheSiteOfTheConfiguredSources() throws {
        let arguments = ["nginx", "--server-name", "shop.example", "--certificate", "CERT", "--certificate-key", "KEY"]
        try hookledger(arguments, yaml: Self.good) { output, folder in
            try #require(output.succeeded, "\(output.errorText)")
            let made = try ChildProcess.run(
                ChildCommand(
                    [
                        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days", "2", "-subj", "/CN=x", "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem",
                    ], errors: .null))
            try #require(made.succeeded)
            #expect(output.text.contains("location = /hooks/files {") && output.text.contains("rate=30r/m"))
            #expect(output.text.contains("    client_max_body_size 8388608;"))
            #expect(output.text.contains("location = /own/hook { include snippets/hookledger-hook.conf; }"))
            #expect(!output.text.contains("location = /webhook/tiktok "))
            let lines = "    https://shop.example $http_origin;\n    \"http://[::1]:3000\" $http_origin;\n    default"
            #expect(output.text.contains("map $http_origin $hookledger_origin {\n" + lines))
            #expect(output.text.matches(of: /error_log [^ ]+ alert;/).count == 2)
            // As it is, but for ports, logs and the certificate, which this machine need not have.
            var site = output.text.replacing("CERT", with: folder + "/cert.pem")
                .replacing("KEY", with: folder + "/key.pem").replacing("/var/log/nginx", with: folder)
                .replacing("/var/lib/nginx", with: folder)
                .replacing("listen 443", with: "listen 127.0.0.1:38445").replacing(
                    "listen 80", with: "listen 127.0.0.1:38082")
            site = site.split(separator: "\n").filter { !$0.contains("listen [::]") }.joined(separator: "\n")
            try Files.write(folder + "/site.conf", text: site)
            // Beside the configuration, unless that is in /etc/hookledger.
            #expect(site.contains("access_log \(folder)/log/hooks.log hookledger_hooks if=$hookledger_hook;"))
            try Files.makeFolder(folder + "/log")
            let share = try Executable.share(of: Executable.folder())
            try Files.link(folder + "/snippets", to: share + "/nginx/snippets")
            let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
            try Files.write(
                folder + "/nginx.conf",
                text: "pid \(folder)/pid; error_log stderr; events {} http { \(temporary) include site.conf; }\n")
            let path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
            let check = try ChildProcess.run(
                ChildCommand(["env", path, "nginx", "-t", "-q", "-p", folder, "-c", folder + "/nginx.conf"]))
            #expect(check.succeeded, "\(check.errorText)")
        }
    }
}
