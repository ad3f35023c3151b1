import Actions
import Crypto
import Platform
import Settings
import Testing
import Verification

@Suite("Settings from a real disk")
struct SystemInputTests {
    @Test("files are read, modes are looked at, absent files are reported")
    func disk() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let path = "\(folder)/hookledger.yaml"
        let yaml =
            "sources: { shop: { providers: tiktok_shop_guide, secrets: [{ env: SHOP_SECRET_OF_TEST }, { file: s }] } }"
        try Files.write(path, text: yaml, mode: 0o644)
        try Files.write("\(folder)/.env", text: "SHOP_SECRET_OF_TEST=from-file\n", mode: 0o644)
        try Files.write("\(folder)/s", text: "of-file\n", mode: 0o600)
        let refused = #expect(throws: SettingsErrors.self) {
            try Settings.load(path: path, from: .system, kinds: ActionTable.kinds, now: Machine.now)
        }
        #expect(refused?.errors.map(\.file) == ["\(folder)/.env"])
        try Files.setMode("\(folder)/.env", 0o640)
        let keyring = try #require(
            try Settings.load(path: path, from: .system, kinds: ActionTable.kinds, now: Machine.now).sources.first
        )
        .contract.keyring
        #expect(keyring.secrets.map { $0.secret.equals(Array("from-file".utf8)) } == [true, false])
        #expect(keyring.secrets.map { $0.secret.equals(Array("of-file".utf8)) } == [false, true])
        let absent = #expect(throws: SettingsErrors.self) {
            try Settings.load(path: "\(folder)/none.yaml", from: .system, kinds: ActionTable.kinds, now: Machine.now)
        }
        #expect(absent?.errors.count == 1)
        let isFolder = #expect(throws: SettingsErrors.self) {
            try Settings.load(path: folder, from: .system, kinds: ActionTable.kinds, now: Machine.now)
        }
        #expect(isFolder?.errors.first?.message.hasPrefix("cannot be read: ") == true)
    }
}
