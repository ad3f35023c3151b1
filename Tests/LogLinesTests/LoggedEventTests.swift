import LogLines
import Platform
import Testing

/// The list of log events, its page, and the calls in the sources.
@Suite struct LoggedEventTests {
    private let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    @Test func thePageIsTheList() throws {
        let page = try Files.readText(root + "/docs/log-events.md")
        let other = zip(page.lines(), LoggedEvent.page.lines()).first { $0 != $1 }
        // Without the pages themselves, which a failed comparison would print whole.
        let isCurrent = page == LoggedEvent.page
        #expect(isCurrent, "run make docs; the first line that differs would be: \(other?.1 ?? "at the end")")
    }

    @Test func eachEventHasFactsOfItsOwn() {
        for event in LoggedEvent.allCases {
            let facts = event.facts
            #expect(facts.meaning.hasSuffix(".") && facts.levels.first == facts.level, "\(event)")
            #expect(Set(facts.fields).count == facts.fields.count, "\(event)")
            #expect(!facts.fields.contains { ["time", "level", "message"].contains($0) }, "\(event)")
        }
    }

    /// A message that is written at its call is in the list, and every event of the list is used.
    @Test func theSourcesLogTheEventsOfTheList() throws {
        let known = Set(LoggedEvent.allCases.map(\.rawValue))
        var used: Set<String> = []
        for path in try swiftFiles(root + "/Sources") where !path.contains("/Sources/LogLines/") {
            let text = try Files.readText(path)
            for call in text.matches(of: /logger\.(?:log|trace|debug|info|notice|warning|error|critical)\(([^)]*)/) {
                for literal in call.output.1.split(separator: "metadata:")[0].matches(of: /"([^"\\]+)"/) {
                    #expect(known.contains(String(literal.output.1)), "\(path): \(literal.output.1)")
                    used.insert(String(literal.output.1))
                }
            }
            for call in text.matches(of: /(?:\.report|LineBatch)\(\s*([^,)]*)/) {
                for name in call.output.1.matches(of: /\.(\w+)/) { used.insert(String(name.output.1)) }
            }
            // The loop of the batch processor reports these.
            for name in text.matches(of: /let failure = LoggedEvent\.(\w+)/) { used.insert(String(name.output.1)) }
        }
        for event in LoggedEvent.allCases {
            #expect(used.contains("\(event)") || used.contains(event.rawValue), "\(event) is never logged")
        }
    }

    private func swiftFiles(_ folder: String) throws -> [String] {
        try Files.list(folder).flatMap { name -> [String] in
            let path = folder + "/" + name
            if name.hasSuffix(".swift") { return [path] }
            return name.contains(".") ? [] : try swiftFiles(path)
        }
    }
}
