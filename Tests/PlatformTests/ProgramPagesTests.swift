import Platform
import Testing

@Suite struct ProgramPagesTests {
    @Test func givesBackPagesOfFilesAndTheProgramGoesOn() throws {
        let before = try Self.filePages()
        ProgramPages.giveBack()
        let after = try Self.filePages()
        #expect(after < before)
        // What was given back is read again: code, constants, and data that was relocated.
        let words = ["back", "from", "the", "page", "cache"]
        #expect(words.sorted().joined(separator: " ") == "back cache from page the")
        #expect(try ChildProcess.run(ChildCommand(["true"])).succeeded)
    }

    /// kB of file pages in memory (proc(5), RssFile).
    private static func filePages() throws -> Int {
        let line = try Files.readText("/proc/self/status").split(separator: "\n").first { $0.hasPrefix("RssFile:") }
        return try #require(line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
    }
}
