import Actions
import Platform
import Settings
import Testing
import Webhooks

/// docs/configuration.md and the table of keys.
struct ReferenceTests {
    @Test("docs/configuration.md is what the table of keys says")
    func page() throws {
        let page = try Example.text("docs/configuration.md")
        let right = ConfigurationKeys.page(ActionTable.kinds)
        let other = zip(page.lines(), right.lines()).first { $0 != $1 }
        // Without the pages themselves, which a failed comparison would print whole.
        let isCurrent = page == right
        #expect(isCurrent, "run make docs; the first line that differs would be: \(other?.1 ?? "at the end")")
    }

    @Test("each section is there once, each key once in it, and each has a meaning")
    func sections() {
        let sections = ConfigurationKeys.all(with: ActionTable.kinds)
        #expect(Set(sections.map(\.path)).count == sections.count)
        for section in sections {
            #expect(Set(section.names).count == section.names.count && !section.names.isEmpty, "\(section.path)")
            for key in section.keys {
                #expect(!key.form.isEmpty && key.meaning.hasSuffix("."), "\(section.path).\(key.name)")
            }
        }
        // Each kind with keys of its own has a section.
        for kind in ActionTable.kinds where !kind.keys.isEmpty {
            #expect(sections.contains { $0.path.hasSuffix("(kind: \(kind.name))") }, "\(kind.name)")
        }
    }

    /// One line for each number and time of the sections that are no lists: below, at and above its range.
    @Test(
        "a value outside the range of the table is refused, its ends are accepted",
        arguments: [
            "retention", "responder", "batch", "alerts", "holds", "api",
        ])
    func ranges(_ path: String) throws {
        let section = try #require(ConfigurationKeys.all.first { $0.path == path })
        func mistakes(_ key: String, _ value: String) -> [String] {
            Machine("database: dbname=x\n\(path):\n  \(key): \(value)\n").problems.filter { $0.contains("must be") }
        }
        var checked = 0
        for key in section.keys {
            let words = key.form.split(separator: " ").map(String.init)
            guard let to = words.lastIndex(of: "to"), to > 0, to + 1 < words.count else { continue }
            let (low, high) = (words[to - 1], words[to + 1])
            guard low.first?.isNumber == true, words.count <= 6 else { continue }
            #expect(mistakes(key.name, low).isEmpty && mistakes(key.name, high).isEmpty, "\(key.name)")
            #expect(mistakes(key.name, "-1").count == 1, "\(key.name)")
            #expect(mistakes(key.name, "99999999999d").count == 1, "\(key.name)")
            checked += 1
        }
        #expect(checked > 0)
    }

    @Test("a default of the table is allowed by its own form")
    func defaults() throws {
        for section in ConfigurationKeys.all where ["retention", "batch", "holds", "log"].contains(section.path) {
            for key in section.keys where key.standard != "never" {
                let standard = try #require(key.standard)
                let machine = Machine("database: dbname=x\n\(section.path):\n  \(key.name): \(standard)\n")
                #expect(machine.problems.allSatisfy { !$0.contains(key.name) }, "\(section.path).\(key.name)")
            }
        }
    }

    @Test(
        "an unknown key is answered with the nearest one",
        arguments: [
            ("batch: { slot: 3 }", "slots"), ("alerts: { refusals: { atleast: 3 } }", "at_least"),
            ("retention: { event: 3d }", "events"), ("hold: { alarm: 1d }", "holds"),
            ("actions: { a: { kind: note, file: /x, txt: y } }", "text"),
            ("actions: { a: { kind: note, file: /x, retrys: 1 } }", "retries"),
        ])
    func suggestions(_ text: String, _ key: String) {
        let problems = Machine("database: dbname=x\n" + text).problems
        #expect(
            problems.contains { $0.contains("unknown key") && $0.contains("did you mean \"\(key)\"?") }, "\(problems)")
    }
}
