public import Platform

/// The file in which a host with a batch processor keeps the highest generation of the database that it has seen. A database
/// with a lower one was restored from an older state.
public struct GenerationFile: Sendable {
    /// Its path.
    public let path: String

    /// Names the file; nothing is read.
    public init(_ path: String) { self.path = path }

    /// The number in the file; nil if there is no file.
    /// - Throws: ``Unreadable``: what is in the file decides whether jobs may run, so nothing is guessed.
    public func read() throws(Unreadable) -> Int64? {
        guard Files.exists(path) else { return nil }
        let text: String
        do throws(FileError) {
            text = try Files.readText(path, limit: 64)
        } catch {
            throw Unreadable("\(error)")
        }
        guard let number = Int64(text.filter { !$0.isWhitespace }), number >= 0 else {
            throw Unreadable("\(path) does not hold a number")
        }
        return number
    }

    /// Writes the number; other users of this host may read it.
    public func write(_ generation: Int64) throws(FileError) {
        if !Files.exists(Files.parent(path)) { try Files.makeFolder(Files.parent(path), mode: 0o755) }
        try Files.write(path, text: "\(generation)\n", mode: 0o644)
    }

    /// Makes the file if there is none: from now on this host runs jobs.
    public func ensure() throws(FileError) {
        if !Files.exists(path) { try write(0) }
    }

    /// A file that cannot be read.
    public struct Unreadable: Error, Sendable, CustomStringConvertible {
        /// The reason.
        public let description: String

        init(_ description: String) { self.description = description }
    }
}
