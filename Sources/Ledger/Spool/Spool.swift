import Crypto
public import Platform
public import Settings
import Synchronization
public import Verification
import Webhooks

/// The folder that keeps deliveries while Postgres is away, for senders that do not retry.
///
/// Deliveries survive a crash and a power cut once ``keep(_:)`` has returned: a temporary file, fsync(2), rename(2),
/// fsync of the folder. So a file is either complete or absent. May be used from any thread and by several processes.
public final class Spool: Sendable {
    /// Why deliveries were not kept.
    public enum Failure: Error, Sendable, CustomStringConvertible {
        /// The spool has reached its limit.
        case full(limit: Int)
        /// The folder cannot be written to: the disk is full, rights are missing …
        case file(FileError)

        /// One line for the log.
        public var description: String {
            switch self {
            case .full(let limit): "the spool has reached its limit of \(limit) bytes"
            case .file(let error): "the spool cannot be written: \(error)"
            }
        }
    }

    /// The most bytes of all files on disk.
    public static let standardLimit = 1 << 30
    /// The extension of a complete file; a temporary one has another.
    static let suffix = ".hooks"
    /// The folder for files that fail import, for a person to check.
    static let aside = "aside"
    /// The folder for deliveries whose import failed and is tried again.
    static let later = "later"

    /// The folder.
    public let folder: String
    /// Authenticates the records, and hashes the credentials in them.
    public let key: CredentialKey
    private let limit: Int
    /// The size of the files, as far as this process knows; nil before the first check.
    private let used = Mutex<Int?>(nil)

    /// The responder writes a segment and the batch processor, another user of the folder's group, imports it.
    private static let fileMode: UInt32 = 0o640
    private static let folderMode: UInt32 = 0o2770

    /// The spool in `folder`, which is made (mode 2770) by ``prepare()``, or when something is first kept.
    /// - Parameters:
    ///   - key: the same for all that write to it and take in from it.
    ///   - limit: the most bytes that all files may take on the disk.
    public init(folder: String, key: KeyFile, limit: Int = standardLimit) {
        self.folder = folder
        self.key = key.credentialKey
        self.limit = limit
    }

    /// Creates the folder and tests it, so that a fault is known before it is needed.
    public func prepare() throws(Failure) {
        do throws(FileError) {
            try Self.makeFolder(folder)
            let trial = folder + "/trial"
            try Files.write(trial, [], mode: Self.fileMode)
            try Files.remove(trial)
        } catch {
            throw .file(error)
        }
    }

    /// Keeps deliveries, all of them or none, in one file that its group can read.
    /// - Throws: ``Failure``; then none of them is kept.
    public func keep(_ deliveries: [SpooledDelivery]) throws(Failure) {
        guard let first = deliveries.map(\.delivery.receivedAt.microseconds).min() else { return }
        let bytes = SpoolSegment.bytes(deliveries, key: key)
        guard reserve(Self.onDisk(bytes.count)) else { throw .full(limit: limit) }
        do throws(FileError) {
            try Self.makeFolder(folder)
            try Files.write(folder + "/" + Self.name(first), bytes, mode: Self.fileMode)
        } catch {
            used.withLock { $0 = nil }
            throw .file(error)
        }
    }

    /// The same for deliveries that wait to be recorded, as masked by the ledger.
    public func keep(_ recordables: [Recordable]) throws(Failure) {
        try keep(recordables.map { SpooledDelivery($0, key: key) })
    }

    /// The names of the whole files, oldest first.
    func segments() throws(FileError) -> [String] {
        guard Files.exists(folder) else { return [] }
        return try Files.list(folder).filter { $0.hasSuffix(Self.suffix) }
    }

    /// Whether files wait in that folder; also false when it cannot be looked into.
    public static func hasFiles(_ folder: String) -> Bool {
        ((try? Files.list(folder)) ?? []).contains { $0.hasSuffix(suffix) }
    }

    /// Moves deliveries that fail import to aside/.
    package func setAside(_ deliveries: [SpooledDelivery]) throws(FileError) {
        try write(deliveries, to: Self.aside)
    }

    /// Writes a file into a folder of the spool.
    /// - Parameter suffix: of its name, before the extension.
    func write(_ deliveries: [SpooledDelivery], to part: String, suffix: String = "") throws(FileError) {
        guard let first = deliveries.map(\.delivery.receivedAt.microseconds).min() else { return }
        try Self.makeFolder(folder + "/" + part)
        try Files.write(
            "\(folder)/\(part)/\(Self.name(first, suffix))", SpoolSegment.bytes(deliveries, key: key),
            mode: Self.fileMode)
    }

    /// Moves an incomplete file to aside/.
    /// - Parameter name: may be in a folder of the spool.
    package func setAside(segment name: String) throws(FileError) {
        try Self.makeFolder(folder + "/" + Self.aside)
        let last = name.split(separator: "/").last.map(String.init) ?? name
        try Files.rename("\(folder)/\(name)", to: "\(folder)/\(Self.aside)/\(last).torn")
        try Files.syncFolder(folder + "/" + Self.aside)
    }

    /// Removes the unfinished files of dead writers: no sender got a 2xx for them.
    func removeAbandoned() throws(FileError) {
        let anHourAgo = SystemClock.wallMicroseconds() - 3_600_000_000
        for name in Files.exists(folder) ? try Files.list(folder) : [] where name.contains(Self.suffix + ".") {
            guard let status = try Files.status(folder + "/" + name), status.modified < anHourAgo else { continue }
            try Files.remove(folder + "/" + name)
        }
    }

    /// A new folder has to survive a power cut, too.
    private static func makeFolder(_ path: String) throws(FileError) {
        if Files.exists(path) { return }
        try Files.makeFolder(path, mode: 0o700)
        // Regardless of the umask: the group's other member imports and removes the files.
        try Files.setMode(path, folderMode)
        if !Mutation.isOn("new-folder-not-synced") { try Files.syncFolder(Files.parent(path)) }
    }

    /// Named by the time of the first delivery, so that sorting by name sorts by age; the rest makes names unique.
    private static func name(_ microseconds: Int64, _ end: String = "") -> String {
        let digits = String(max(0, microseconds))
        return String(repeating: "0", count: max(0, 18 - digits.count)) + digits + "-" + Hex.encode(Random.bytes(8))
            + end + suffix
    }

    /// Claims room. Files imported meanwhile are noticed only when room gets short.
    private func reserve(_ bytes: Int) -> Bool {
        used.withLock { used in
            if let known = used, known + bytes <= limit {
                used = known + bytes
                return true
            }
            let now = ["", "/" + Self.aside, "/" + Self.later].reduce(0) { $0 + Self.size(of: folder + $1) }
            used = now
            guard now + bytes <= limit || Mutation.isOn("spool-without-limit") else { return false }
            used = now + bytes
            return true
        }
    }

    /// What the files in a folder take; 0 when it is not there.
    private static func size(of folder: String) -> Int {
        ((try? Files.list(folder)) ?? []).reduce(0) { sum, name in
            guard let status = try? Files.status(folder + "/" + name), status.isRegular else { return sum }
            return sum + onDisk(Int(status.size))
        }
    }

    /// A file takes whole blocks.
    private static func onDisk(_ bytes: Int) -> Int { (bytes + 4095) / 4096 * 4096 }
}
