import Platform
import Testing

@Suite struct ChildProcessFilesTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try body(folder)
    }

    @Test func writingReplacesTheWholeFileAndLeavesNothingBeside() throws {
        try withFolder { folder in
            let path = folder + "/file"
            try Files.write(path, text: "a longer first version", mode: 0o600)
            let second = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
            try Files.write(path, second, mode: 0o640)
            #expect(try Files.read(path) == second)
            #expect(try Files.list(folder) == ["file"])
            let status = try #require(try Files.status(path))
            #expect(status.mode == 0o640)
            #expect(status.size == 300_000)
            #expect(status.isRegular && !status.isFolder)
        }
    }

    @Test func aFileBeyondTheLimitIsAnErrorNotACut() throws {
        try withFolder { folder in
            try Files.write(folder + "/file", text: "12345")
            #expect(try Files.read(folder + "/file", limit: 5).count == 5)
            #expect(throws: FileError.self) { try Files.read(folder + "/file", limit: 4) }
        }
    }

    @Test func aFailedWriteLeavesTheOldFile() throws {
        try withFolder { folder in
            try Files.makeFolder(folder + "/taken/inside")
            #expect(throws: FileError.self) { try Files.write(folder + "/taken", text: "x") }
            #expect(try Files.list(folder) == ["taken"])
            #expect(throws: FileError.self) { try Files.write(folder + "/missing/file", text: "x") }
        }
    }

    @Test func foldersAreMadeDeepAndRemovedWithoutFollowingLinks() throws {
        try withFolder { folder in
            try Files.makeFolder(folder + "/a/b/c")
            try Files.makeFolder(folder + "/a/b/c")
            try Files.write(folder + "/kept", text: "kept")
            try Files.makeFolder(folder + "/outside")
            try Files.write(folder + "/outside/kept", text: "kept")
            try Files.link(folder + "/a/b/link", to: folder + "/outside")
            try Files.link(folder + "/a/b/link", to: folder + "/outside")
            try Files.write(folder + "/a/b/c/file", text: "x")
            try Files.remove(folder + "/a")
            try Files.remove(folder + "/a")
            #expect(try Files.list(folder) == ["kept", "outside"])
            #expect(try Files.readText(folder + "/outside/kept") == "kept")
            #expect(throws: FileError.self) { try Files.makeFolder(folder + "/kept/below") }
            #expect(throws: FileError.self) { try Files.makeFolder(folder + "/kept") }
        }
    }

    @Test func whatIsMissingIsNilAndSaysSo() throws {
        try withFolder { folder in
            let status = try Files.status(folder + "/none")
            #expect(status == nil)
            #expect(!Files.exists(folder + "/none"))
            do throws(FileError) {
                _ = try Files.read(folder + "/none")
                Issue.record("no error")
            } catch {
                #expect(error.isMissing)
                #expect(error.description == "read \(folder)/none: No such file or directory")
            }
        }
    }

    @Test func temporaryFoldersAreShortPrivateAndDistinct() throws {
        try withFolder { first in
            try withFolder { second in
                #expect(first != second)
                #expect(first.utf8.count < 30)
                let status = try Files.status(first)
                #expect(status?.mode == 0o700)
            }
        }
    }
}
