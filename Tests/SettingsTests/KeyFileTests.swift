import Crypto
import Platform
import Settings
import Testing

@Suite("Key files") final class KeyFileTests {
    private let folder: String

    init() throws { folder = try Files.makeTemporaryFolder() }

    deinit { try? Files.remove(folder) }

    private var path: String { folder + "/keys/credentials.key" }

    private func problem() -> String? {
        do throws(KeyFileProblem) {
            _ = try KeyFile.load(path)
            return nil
        } catch { return error.description }
    }

    @Test("One that was made is read, by its owner and group alone, and is never replaced")
    func created() throws {
        let key = try KeyFile.create(path)
        #expect(try Files.status(path)?.mode == 0o640)
        #expect(key.key.count == 32 && key.id.count == 8)
        let read = try KeyFile.load(path)
        #expect(read.id == key.id && read.key.equals(key.key))
        #expect(key.id == String(Hex.encode(Digest.sha256.hash(key.key.reveal())).prefix(8)))
        #expect(throws: KeyFileProblem.self) { try KeyFile.create(self.path) }
        #expect(try KeyFile.load(path).id == key.id)
    }

    @Test("One that is not there, is open to everybody or holds something else is refused, and the file is named")
    func refused() throws {
        #expect(problem()?.contains("does not exist: run `hookledger keys create`") == true)
        let text = Base64.encode(Array(0..<32))
        for (content, isKey) in [
            (text, true), (text + "\r\n", true), ("", false), ("c2hvcnQ=", false), (String(text.dropLast()), false),
            (Hex.encode(Array(0..<32)), false), (text + text, false),
        ] {
            try Files.makeFolder(folder + "/keys")
            try Files.write(path, text: content, mode: 0o640)
            #expect((problem() == nil) == isKey, "\(content)")
        }
        for mode: UInt32 in [0o644, 0o646, 0o602] {
            try Files.write(path, text: text, mode: mode)
            #expect(problem()?.contains("accessible to every user") == true)
        }
        let shown = problem() ?? ""
        #expect(shown.contains(path) && !shown.contains(text))
    }

    @Test("It lies beside the configuration, or where that says")
    func place() throws {
        let beside = try Machine("sources: {}\ndatabase: dbname=x").load()
        #expect(beside.keys.credentials == "/etc/hookledger/keys/credentials.key")
        let named = try Machine("sources: {}\ndatabase: dbname=x\nkeys: { credentials: other.key }").load()
        #expect(named.keys.credentials == "/etc/hookledger/other.key")
        let none = try Machine(environment: ["DATABASE_URL": "postgres://h/x"]).load()
        #expect(none.keys.credentials == "/etc/hookledger/keys/credentials.key")
    }
}
