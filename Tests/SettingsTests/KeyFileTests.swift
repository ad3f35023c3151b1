import Crypto
import Platform
import Settings
import Testing

@Suite("Keys of the installation")
struct KeyFileTests {
    @Test("a key is made once, with the mode of a secret, and read again")
    func made() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let path = folder + "/keys/person.key"
        #expect(try KeyFile.read(path) == nil)
        let (key, isNew) = try KeyFile.create(path)
        #expect(isNew && key.id.utf8.count == 8 && "\(key.secret)" == "<secret>")
        #expect(try Files.status(path)?.mode == 0o640)
        let again = try KeyFile.create(path)
        #expect(!again.isNew && again.key.id == key.id)
        #expect(try KeyFile.read(path)?.secret.equals(key.secret) == true)
    }

    @Test("what is open to everybody, or no key, is not used")
    func refused() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let path = folder + "/person.key"
        _ = try KeyFile.create(path)
        try Files.setMode(path, 0o644)
        #expect(throws: KeyFile.Failure.self) { try KeyFile.read(path) }
        try Files.write(path, text: "abc", mode: 0o640)
        #expect(throws: KeyFile.Failure.self) { try KeyFile.read(path) }
    }
}
