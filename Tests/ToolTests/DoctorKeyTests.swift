import JSON
import JobsSupport
import Ledger
import LocalStack
import Patience
import Platform
import Postgres
import Settings
import TestThreads
import Testing

/// `hookledger doctor` on the keys: whether they are there, who may read them, and whether the index was made with this one.
@Suite(.blocking) final class DoctorKeyTests {
    let fixture: JobsFixture
    let program: BatchProgram

    init() throws {
        fixture = try JobsFixture()
        program = try BatchProgram(
            fixture, url: "http://127.0.0.1:1",
            more: "keys: { person: person.key, credentials: credentials.key }\nspool: spool")
    }

    deinit { program.remove() }

    private func run(_ arguments: [String]) throws -> ChildOutput {
        try ChildProcess.run(program.tool(arguments), limit: 1 << 20)
    }

    private func finding(_ check: String) throws -> (grade: String, text: String) {
        let output = try run(["doctor", "--json", "--socket", "/nowhere.sock"])
        for line in output.text.split(separator: "\n") {
            let found = try JSONValue(parsing: Array(line.utf8))
            if found["check"]?.string == check {
                return (
                    found["grade"]?.string ?? "", (found["message"]?.string ?? "") + (found["advice"]?.string ?? "")
                )
            }
        }
        Issue.record("no finding of \(check): \(output.text)\(output.errorText)")
        return ("", "")
    }

    @Test func keysThatAreMissingOrOpenAreSaid() throws {
        let without = (try finding("key person"), try finding("key credentials"))
        #expect(without.0.grade == "warning" && without.0.text.contains("read every event"))
        #expect(without.1.grade == "failed" && without.1.text.contains("keys create"))
        #expect(try run(["keys", "create"]).status == .exited(0))
        for name in ["person", "credentials"] {
            let path = "\(program.folder)/\(name).key"
            let key = try KeyFile.load(path)
            let found = try finding("key \(name)")
            #expect(found.grade == "ok" && found.text.contains("key \(key.id), mode 0640"), "\(found)")
            try Files.setMode(path, 0o644)
            #expect(try finding("key \(name)").grade == "failed")
            try Files.write(path, text: "short\n", mode: 0o640)
            #expect(try finding("key \(name)").text.contains("does not hold a key"))
        }
    }

    @Test func anIndexOfAnotherKeyIsSaid() throws {
        #expect(try finding("person index").grade == "skipped")
        #expect(try run(["keys", "create"]).status == .exited(0))
        // A new host, whose setup ends with a look by the doctor.
        let new = try finding("person index")
        #expect(new.grade == "ok" && new.text.contains("no event"), "\(new)")
        try fixture.enqueue(1)
        #expect(try finding("person index").text.contains("not started"))
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
        let connection = try fixture.connect(as: "hookledger_batch")
        let key = PersonKey(try KeyFile.load(program.folder + "/person.key"))
        _ = try PersonIndex(key: key, over: connection).run()
        let made = try finding("person index")
        #expect(made.grade == "ok" && made.text.contains(key.id), "\(made)")
        try fixture.superuser.execute("update person_index set is_backlog_done = false")
        #expect(try finding("person index").text.contains("being filled"))
        try fixture.superuser.execute("update person_index set key_id = '00000000'")
        let other = try finding("person index")
        #expect(other.grade == "failed" && other.text.contains("made with key 00000000, this host has \(key.id)"))
    }

    /// Each source that takes unsigned deliveries is named by its policy.
    @Test func sourcesThatTakeUnsignedDeliveriesAreNamed() throws {
        #expect(try !run(["doctor", "--json"]).text.contains("accepts unsigned deliveries"))
        let text = try Files.readText(program.config)
        for (policy, words) in [("optional", "accepts unsigned deliveries"), ("none", "anybody can send to it")] {
            try Files.write(
                program.config, text: text.replacing("secrets: [", with: "verification: \(policy), secrets: ["))
            let found = try finding("secrets of shop")
            #expect(found.grade == "warning" && found.text.contains(words), "\(found)")
        }
    }
}
