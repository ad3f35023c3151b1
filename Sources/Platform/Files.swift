internal import CPlatform
internal import Glibc

/// A call on a file that failed.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was tried, for instance `read`.
    public let operation: String
    /// The path concerned.
    public let path: String
    /// errno.
    public let code: Int32

    /// Operation, path and the system's text for the code.
    public var description: String { "\(operation) \(path): \(errorText(code))" }

    /// Whether the file, or a folder on the way, does not exist.
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// Whether this user may not do it.
    public var isForbidden: Bool { code == EACCES || code == EPERM }

    init(_ operation: String, _ path: String) {
        self.operation = operation
        self.path = path
        code = errno
    }
}

/// Files and folders, by path. All calls block.
public enum Files {
    /// The bytes of a file.
    ///
    /// - Parameter limit: a longer file is an error (EFBIG) instead of a cut.
    /// - Throws: ``FileError``.
    public static func read(_ path: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("read", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("read", path)
            }
            if bytes.count + count > limit {
                errno = EFBIG
                throw FileError("read", path)
            }
            bytes += chunk[..<count]
        }
    }

    /// The text of a file; what is not UTF-8 is replaced by U+FFFD.
    public static func readText(_ path: String, limit: Int = 64 << 20) throws(FileError) -> String {
        String(decoding: try read(path, limit: limit), as: UTF8.self)
    }

    /// Writes a file so that a reader, or a crash at any moment, finds the old content or the new one, whole; see
    /// ``AtomicFile``.
    ///
    /// - Parameters:
    ///   - mode: permission bits, whatever the umask says.
    ///   - durable: false leaves both fsyncs out; still whole for readers, not after a power cut.
    /// - Throws: ``FileError``; the temporary file is removed.
    public static func write(
        _ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644, durable: Bool = true
    ) throws(FileError) {
        let file = try AtomicFile(path, mode: mode)
        try file.append(bytes)
        try file.commit(durable: durable)
    }

    /// ``write(_:_:mode:durable:)`` for text.
    public static func write(
        _ path: String, text: String, mode: UInt32 = 0o644, durable: Bool = true
    ) throws(FileError) {
        try write(path, Array(text.utf8), mode: mode, durable: durable)
    }

    /// Makes new, removed and renamed entries of a folder survive a power cut (fsync(2) on the folder).
    public static func syncFolder(_ path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        if fsync(descriptor) != 0 { throw FileError("fsync", path) }
        FileSteps.note(.syncFolder(path))
    }

    /// The folder that holds a path: `.` for a bare name.
    public static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
