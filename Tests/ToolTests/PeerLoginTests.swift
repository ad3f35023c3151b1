import LocalStack
import Platform
import StackSuite
import Testing

/// The lines of docs/install.md for pg_ident.conf and pg_hba.conf, in a real Postgres, with the users of a real host.
@Suite(.place) struct PeerLoginTests {
    /// The lines of the document that are meant, without their indentation.
    private static func lines(_ document: String, _ isMeant: (Substring) -> Bool) -> String {
        let lines = document.split(separator: "\n").map { $0.drop { $0 == " " } }
        return lines.filter(isMeant).map { $0 + "\n" }.joined()
    }

    /// Where Debian keeps initdb and the like of the newest Postgres.
    private static func binaries() throws -> String {
        let versions = try Files.list("/usr/lib/postgresql").compactMap { Int($0) }
        return "/usr/lib/postgresql/\(try #require(versions.max()))/bin"
    }

    @Test(.enabled(if: TestStack.canUnshare, "needs root and unshare(1), so that the users are there only"))
    func everyServiceIsItsOwnRoleAndNoOther() throws {
        let root = try Executable.share(of: Executable.folder())
        let document = try Files.readText(root + "/docs/install.md")
        let folder = try Files.makeTemporaryFolder("hl-peer", mode: 0o711)
        defer { try? Files.remove(folder) }
        let ident = Self.lines(document) { $0.hasPrefix("hookledger  ") }
        let access = Self.lines(document) { $0.hasPrefix("local ") && $0.contains("map=hookledger") }
        try #require(ident.split(separator: "\n").count == 4 && access.split(separator: "\n").count == 1)
        try Files.write(folder + "/pg_ident", text: ident, mode: 0o644)
        try Files.write(folder + "/pg_hba", text: access, mode: 0o644)
        let output = try ChildProcess.run(
            ChildCommand([
                "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                root + "/Tests/Support/peer-namespace", folder, Executable.folder() + "/hookledger",
                Self.binaries(), root + "/sql",
            ]))
        let lines = output.text.split(separator: "\n").map(String.init)
        try #require(lines.last == "end", "\(output.text)\n\(output.errorText)")
        let allowed = lines.filter { $0.hasSuffix(" yes") }
        #expect(
            allowed == [
                "hookledger-ingest ingest yes", "hookledger-api api yes", "hookledger-batch batch yes",
                "root operator yes", "postgres postgres yes",
            ])
        #expect(lines.filter { $0.hasSuffix(" no") }.count == 6 * 6 - allowed.count)
        // The daily backup, and the upgrade.
        let dump = lines.first { $0.hasPrefix("dump ") }.flatMap { Int($0.dropFirst(5)) }
        #expect(dump.map { $0 > 10_000 } == true, "\(lines)")
        #expect(lines.filter { $0 == "migrate 0" }.count == 2, "\(lines)")
        expectEyes(lines)
    }

    /// The doctor as different users of that host: lines `doctor USER GRADE CHECK: MESSAGE`.
    private func expectEyes(_ lines: [String]) {
        func grades(_ user: String) -> [String: String] {
            let found = lines.filter { $0.hasPrefix("doctor \(user) ") }.map {
                $0.split(separator: ":")[0].split(separator: " ")
            }
            return Dictionary(found.map { ($0.dropFirst(3).joined(separator: " "), String($0[2])) }) { $1 }
        }
        #expect(!lines.contains("doctor root made the spool") && grades("first")["spool"] == "warning")
        for user in ["root", "hookledger-batch", "hookledger-api"] {
            #expect(!grades(user).values.contains("FAILED"), "\(user): \(lines)")
        }
        for role in ["ingest", "api", "batch", "operator"] { #expect(grades("root")["login of \(role)"] == "ok") }
        #expect(grades("root")["spool"] == "ok" && grades("hookledger-batch")["spool"] == "ok")
        #expect(grades("hookledger-batch")["login of batch"] == "ok")
        #expect(grades("hookledger-batch")["login of ingest"] == "skipped")
        #expect(
            grades("hookledger-api")["login of api"] == "ok" && grades("hookledger-api")["key credentials"] == "skipped"
        )
        #expect(grades("alice")["configuration"] == "skipped" && !grades("alice").values.contains("FAILED"))
        #expect(grades("closed")["spool"] == "FAILED" && grades("refused")["login of operator"] == "FAILED")
        // A command of a person that may not log in says what to do.
        #expect(lines.contains { $0.hasPrefix("events root ") && $0.contains("pg_ident.conf needs the line") })
    }
}
