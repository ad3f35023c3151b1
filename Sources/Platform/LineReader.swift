internal import CPlatform
internal import Glibc

/// The lines of a file, one after the other, in bounded memory. A file whose name ends in `.gz` is read through gzip(1).
/// The file is opened at once, so that it may be renamed meanwhile.
public final class LineReader {
    /// The longest line; a longer one is cut into several.
    public static let longest = 1 << 16

    private let path: String
    private let file: Int32
    private let isPacked: Bool
    /// What is read: the file, or the pipe of gzip.
    private var source: Int32 = -1
    private var gzip: ChildProcess?
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// The size of the file on the disk, in bytes.
    public let size: Int64

    /// - Throws: ``FileError``.
    public init(_ path: String) throws(FileError) {
        self.path = path
        isPacked = path.hasSuffix(".gz")
        file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileError("read", path) }
        var raw = stat()
        size = fstat(file, &raw) == 0 ? Int64(raw.st_size) : 0
    }

    deinit {
        if source >= 0, source != file { close(source) }
        close(file)
        gzip?.terminate(with: .kill, grace: .zero)
    }

    /// How much of the file was read, in bytes on the disk.
    public var position: Int64 { Int64(lseek(file, 0, SEEK_CUR)) }

    /// The next line, without its end.
    /// - Returns: nil at the end of the file.
    /// - Throws: ``FileError``; EIO for a file that gzip cannot read to its end.
    public func next() throws(FileError) -> ArraySlice<UInt8>? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return buffer[start..<end]
            }
            if buffer.count - start >= Self.longest || isAtEnd {
                defer { start = buffer.count }
                return start == buffer.count ? nil : buffer[start...]
            }
            try fill()
        }
    }

    private func fill() throws(FileError) {
        if source < 0 { source = try begin() }
        buffer.removeSubrange(..<start)
        start = 0
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(source, &chunk, chunk.count)
        if count < 0 {
            if errno == EINTR { return }
            throw FileError("read", path)
        }
        buffer += chunk[..<count]
        guard count == 0 else { return }
        isAtEnd = true
        if let gzip, gzip.wait(timeout: .seconds(10)) != .exited(0) {
            errno = EIO
            throw FileError("gzip -dc", path)
        }
    }

    private func begin() throws(FileError) -> Int32 {
        guard isPacked else { return file }
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw FileError("pipe", path) }
        defer { close(ends[1]) }
        do {
            gzip = try ChildProcess.spawn(
                ChildCommand(["gzip", "-dc"], input: .descriptor(file), output: .descriptor(ends[1]), errors: .null))
        } catch {
            close(ends[0])
            errno = error.code
            throw FileError("gzip -dc", path)
        }
        return ends[0]
    }
}
