import Ledger
import Platform

/// The files of a backup.
enum BackupFiles {
    /// The files below a folder, by their paths in it; folders that other programs write to meanwhile may lose some.
    static func below(_ folder: String) throws -> [String] {
        var found: [String] = []
        for name in Files.exists(folder) ? try Files.list(folder) : [] {
            guard let status = try Files.status(folder + "/" + name) else { continue }
            if status.isFolder {
                found += try below(folder + "/" + name).map { name + "/" + $0 }
            } else if status.isRegular {
                found.append(name)
            }
        }
        return found
    }

    /// Copies the files of a spool; one that is imported meanwhile is in the dump that follows.
    static func copySpool(_ folder: String, to target: String) throws {
        for path in try below(folder) where isDelivery(path) {
            let bytes: [UInt8]
            do throws(FileError) {
                bytes = try Files.read(folder + "/" + path, limit: 1 << 30)
            } catch {
                if Files.exists(folder + "/" + path) { throw error }
                continue
            }
            try Files.makeFolder(Files.parent(target + "/" + path), mode: 0o700)
            try Files.write(target + "/" + path, bytes, mode: 0o600)
        }
    }

    /// A complete file of deliveries, or one that a person must look at.
    private static func isDelivery(_ path: String) -> Bool { path.hasSuffix(".hooks") || path.hasSuffix(".torn") }

    /// Each file with its size and its SHA-256.
    static func parts(of folder: String) throws -> [BackupManifest.Part] {
        var bar = ProgressBar("hashes")
        defer { bar.clear() }
        let paths = try below(folder).filter { $0 != BackupManifest.file }
        return try paths.enumerated().map { place, path in
            bar.show(place, of: paths.count)
            return BackupManifest.Part(
                path: path, bytes: try Files.status(folder + "/" + path)?.size ?? 0, sha256: try hash(folder, path))
        }
    }

    /// What is wrong with the files of a backup, a line each.
    static func flaws(_ manifest: BackupManifest, in folder: String) throws -> [String] {
        try manifest.parts.compactMap { part in
            guard let status = try Files.status(folder + "/" + part.path) else { return "\(part.path) is missing" }
            if status.size != part.bytes { return "\(part.path) has \(status.size) bytes, not \(part.bytes)" }
            return try hash(folder, part.path) == part.sha256 ? nil : "\(part.path) was changed: its SHA-256 differs"
        }
    }

    /// In a program of its own, because a dump does not fit into memory.
    private static func hash(_ folder: String, _ path: String) throws -> String {
        let output = try ChildProcess.run(
            ChildCommand(["sha256sum", "--", path], folder: folder), timeout: .seconds(86_400))
        guard output.succeeded, let word = output.text.split(separator: " ").first else {
            throw BackupError("\(path): \(output.errorText)")
        }
        return String(word.drop { $0 == "\\" })
    }
}
