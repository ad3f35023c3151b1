import Platform
import Testing

@Suite struct AtomicFileTests {
    private let folder: String

    init() throws { folder = try Files.makeTemporaryFolder() }

    @Test func appearsAsAWhole() throws {
        defer { try? Files.remove(folder) }
        let path = folder + "/file"
        try Files.write(path, text: "old")
        let file = try AtomicFile(path, mode: 0o600)
        for piece in ["a", "", "b", "c"] {
            try file.append(Array(piece.utf8))
            #expect(try Files.readText(path) == "old")
        }
        try file.commit()
        #expect(try Files.readText(path) == "abc")
        #expect(try Files.status(path)?.mode == 0o600)
        #expect(try Files.list(folder) == ["file"])
    }

    @Test func leavesNothingWhenItIsNotCommitted() throws {
        defer { try? Files.remove(folder) }
        let path = folder + "/file"
        try Files.write(path, text: "old")
        do {
            let file = try AtomicFile(path)
            try file.append([1, 2, 3])
            #expect(try Files.list(folder).count == 2)
        }
        #expect(try Files.list(folder) == ["file"] && Files.readText(path) == "old")
    }
}
