import Actions
import Settings
import Testing

@Suite("Files that mean harm, or are broken")
struct HostileFileTests {
    private func errors(_ yaml: String) throws -> [String] {
        let error = #expect(throws: SettingsErrors.self) { try Machine(yaml).load() }
        return try #require(error).errors.map { String($0.description.dropFirst(Machine.config.count)) }
    }

    /// Nine aliases of the level below, level upon level.
    private func laughs(levels: Int, key: String) -> String {
        var lines = ["a0: &a0 [x]"]
        for level in 1...levels {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(aliases)]")
        }
        return (lines + [key.replacing("TOP", with: "*a\(levels)")]).joined(separator: "\n")
    }

    @Test("aliases of aliases, as value and as key", arguments: ["flags: TOP", "? TOP\n: x"])
    func bomb(_ key: String) throws {
        let said = try errors(laughs(levels: 30, key: key))
        #expect(said == [": has more than 20000 values, with aliases (*name) expanded; shorten it"])
    }

    @Test("few aliases of long lists are counted out")
    func wide() throws {
        let list = Array(repeating: "x", count: 3000).joined(separator: ",")
        let yaml = "flags: &a [\(list)]\nlog: [*a, *a, *a, *a, *a, *a, *a]"
        #expect(try errors(yaml) == [": has more than 20000 values, with aliases (*name) expanded; shorten it"])
    }

    @Test("deep nesting", arguments: [33, 900, 5000])
    func deep(_ depth: Int) throws {
        let yaml = "flags: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let said = try errors(yaml)
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix(":1: is nested deeper") == true)
    }

    @Test("nested by aliases", arguments: [(16, true), (17, false)])
    func deepByAliases(_ levels: Int, isAllowed: Bool) throws {
        let inner = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        let outer = String(repeating: "[", count: levels) + "*a" + String(repeating: "]", count: levels)
        let said = try errors("a: &a \(inner)\nflags: \(outer)")
        #expect(said.contains { $0.hasPrefix(":2: is nested deeper") } == !isAllowed)
    }

    @Test("an anchor within itself, and one that is set a second time")
    func anchors() throws {
        #expect(try errors("flags: &a [*a]") == [":1: is not valid YAML: found undefined alias"])
        #expect(try errors("log: { level: &a info, level: &a info }").contains { $0.contains("is written twice") })
    }

    @Test("too large, not UTF-8, control characters, several documents, undefined aliases")
    func broken() throws {
        #expect(
            try errors(String(repeating: "# x\n", count: 100_000)) == [
                ": is larger than 262144 bytes; a configuration is a few hundred lines"
            ])
        #expect(try errors("log: {}\nflags: { a: \u{1} }").first?.hasPrefix(":2: is not valid YAML") == true)
        #expect(try errors("log: {}\n---\nlog: {}").first?.hasPrefix(":2: is not valid YAML") == true)
        #expect(try errors("log: *nothing") == [":1: is not valid YAML: found undefined alias"])
        var machine = Machine("log: {}")
        let input = machine.input
        let broken = SettingsInput(
            variable: input.variable,
            readFile: { $0 == Machine.config ? .bytes(Array("log: {}\n# ".utf8) + [0xFF]) : .absent },
            fileMode: input.fileMode)
        let error = #expect(throws: SettingsErrors.self) {
            try Settings.load(from: broken, kinds: ActionTable.kinds, now: Machine.now)
        }
        #expect(try #require(error).errors.map(\.line) == [2])
        machine.unreadable = [Machine.config]
        #expect(
            machine.problems == [
                "\(Machine.config): cannot be read: Permission denied; give the service's group "
                    + "read access"
            ])
    }

    @Test("a file that was named must be there")
    func named() throws {
        let machine = Machine(environment: ["HOOKLEDGER_CONFIG": "/none.yaml"])
        #expect(
            machine.problems == [
                "/none.yaml: the file does not exist; create it, or set HOOKLEDGER_CONFIG to another one"
            ])
    }

    @Test("every prefix and every cut of the example loads or is reported, and never traps")
    func cuts() throws {
        let text = try Example.text("packaging/hookledger.yaml")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for count in 0...lines.count {
            _ = Machine(lines[..<count].joined(separator: "\n")).problems
            var without = lines
            if count < lines.count { without.remove(at: count) }
            _ = Machine(without.joined(separator: "\n")).problems
        }
        #expect(lines.count > 100)
    }
}
