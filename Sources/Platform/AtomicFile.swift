internal import CPlatform
internal import Glibc

/// A file that is written piece by piece and appears as a whole: until ``commit(durable:)`` it is a temporary file
/// beside its path, and what was at the path stays there. Not committed, it is removed with the object.
///
/// Not for two threads at once.
public final class AtomicFile {
    private let path: String
    private let name: [CChar]
    private var descriptor: Int32

    /// Makes the temporary file.
    ///
    /// - Parameter mode: permission bits, whatever the umask says.
    /// - Throws: ``FileError``.
    public init(_ path: String, mode: UInt32 = 0o644) throws(FileError) {
        var name = Array("\(path).XXXXXX".utf8CString)
        descriptor = mkostemp(&name, O_CLOEXEC)
        self.path = path
        self.name = name
        guard descriptor >= 0 else { throw FileError("write", path) }
        FileSteps.note(.create(temporary))
        guard fchmod(descriptor, mode) == 0 else { throw FileError("chmod", path) }
    }

    deinit { discard() }

    /// Appends all of these bytes.
    public func append(_ bytes: [UInt8]) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("write", path)
            }
            FileSteps.note(.write(temporary, Array(bytes[written..<written + count])))
            written += count
        }
    }

    /// Gives the file its path: fsync(2), rename(2), fsync of the folder. The last call on the object.
    ///
    /// - Parameter durable: false leaves both fsyncs out; still whole for readers, not after a power cut.
    public func commit(durable: Bool = true) throws(FileError) {
        if durable, !Mutation.isOn("file-not-synced"), !Mutation.isOn("file-renamed-before-sync") {
            try sync(temporary)
        }
        guard Glibc.rename(name, path) == 0 else { throw FileError("rename", path) }
        FileSteps.note(.rename(temporary, to: path))
        if Mutation.isOn("file-renamed-before-sync") { try sync(path) }
        close(descriptor)
        descriptor = -1
        if durable, !Mutation.isOn("folder-not-synced") { try Files.syncFolder(Files.parent(path)) }
    }

    private func sync(_ name: String) throws(FileError) {
        if fsync(descriptor) != 0 { throw FileError("fsync", path) }
        FileSteps.note(.syncFile(name))
    }

    private var temporary: String { String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) }

    private func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if unlink(name) == 0 { FileSteps.note(.remove(temporary)) }
    }
}
