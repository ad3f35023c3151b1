import Platform
import Testing
import Webhooks

@testable import Ledger

/// The log of the hook locations: its lines and its files. Pure, but for the files.
@Suite struct HookLogTests {
    private static let id = String(repeating: "0f", count: 16)

    private func read(_ text: String) -> HookLogLine? { HookLogLine(Array(text.utf8)[...]) }

    @Test func aLineIsRead() throws {
        let line = try #require(read("1764478743.123 \(Self.id) 200 0.004 stored:12:1764478743119001 /webhook/a%20b"))
        #expect(line.answeredAt.microseconds == 1_764_478_743_123_000)
        #expect(line.duration == 4000 && line.requestID == Self.id && line.isAnswered)
        #expect(line.trace == .stored(12, receivedAt: Timestamp(microseconds: 1_764_478_743_119_001)))
        #expect(line.path == "/webhook/a%20b")
        #expect(read("1764478743.123 \(Self.id) 401 0.004  /webhook")?.trace == nil)
        #expect(read("1764478743.123 \(Self.id) 401 0.004  /webhook")?.isAnswered == false)
    }

    @Test(
        arguments: [
            LedgerTrace.stored(9, receivedAt: Timestamp(microseconds: 7)), .duplicate(-1), .spooled, .handshake,
        ])
    func aTraceIsReadAsItIsWritten(_ trace: LedgerTrace) { #expect(LedgerTrace(trace.text[...]) == trace) }

    @Test(arguments: ["", "stored", "stored:1", "stored:1:2:3", "duplicate:x", "spooled:1", "event:1", "-"])
    func anotherWordIsNoTrace(_ word: String) { #expect(LedgerTrace(word[...]) == nil) }

    @Test(
        arguments: [
            "", "1764478743.123", "1764478743.123 \(id) 200 0.004 ", "x \(id) 200 0.004  /", "1.5 \(id) 200 0.004  /",
            "1764478743.123 \(id) two 0.004  /", "1764478743.123 0F 200 0.004  /",
            "-1.000 \(id) 200 0.004  /", "1764478743.123 \(id) 200 4  /",
        ])
    func aTornLineIsNone(_ text: String) { #expect(read(text) == nil) }

    @Test func rotatedAndCompressedFilesAreFoundAndRead() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        for (name, text) in [
            ("hooks.log", "c\n"), ("hooks.log.1", "b\nb2"), ("hooks.log.2", "a\n"), ("hooks.log-20261130", "d\n"),
            ("hooks.logs", "x\n"), ("other", "x\n"),
        ] {
            try Files.write(folder + "/" + name, text: text)
        }
        #expect(try ChildProcess.run(ChildCommand(["gzip", folder + "/hooks.log.2"])).succeeded)
        let files = try HookLog.files(of: folder + "/hooks.log")
        #expect(
            files.map { String($0.dropFirst(folder.count + 1)) }
                == ["hooks.log-20261130", "hooks.log.2.gz", "hooks.log.1", "hooks.log"])
        var lines: [String] = []
        for reader in try HookLog.open(files + [folder + "/gone"], since: 0) {
            while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
            #expect(reader.position == reader.size)
        }
        #expect(lines == ["d", "a", "b", "b2", "c"])
        #expect(try HookLog.open(files, since: .max).isEmpty)
        #expect(try HookLog.files(of: folder + "/none/hooks.log").isEmpty)
    }

    @Test func aDamagedFileIsAnError() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try Files.write(folder + "/hooks.log.gz", text: "no gzip")
        let reader = try LineReader(folder + "/hooks.log.gz")
        #expect(throws: FileError.self) { while try reader.next() != nil {} }
    }

    @Test func aLongLineIsCutAndTheNextIsWhole() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try Files.write(
            folder + "/log", text: String(repeating: "x", count: 3 * LineReader.longest) + "\nnext\n")
        let reader = try LineReader(folder + "/log")
        var lines: [Int] = []
        var last = ""
        while let line = try reader.next() {
            lines.append(line.count)
            last = String(decoding: line, as: UTF8.self)
        }
        #expect(lines.allSatisfy { $0 <= 2 * LineReader.longest } && last == "next")
        #expect(lines.dropLast().reduce(0, +) == 3 * LineReader.longest)
    }
}
