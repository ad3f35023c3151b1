import Platform

/// Puts the deliveries of a backup back into a spool, with the owner and the modes that the programs expect.
struct SpoolReturn {
    /// The spool of the configuration.
    let folder: String

    /// - Returns: how many files; those that are there already stay.
    func run(_ manifest: BackupManifest, from source: String) throws -> Int {
        let prefix = BackupManifest.spool + "/"
        let flaws = try BackupFiles.flaws(manifest, in: source).filter { $0.hasPrefix(prefix) }
        if !flaws.isEmpty { throw BackupError(flaws.joined(separator: "\n")) }
        var count = 0
        for part in manifest.parts where part.path.hasPrefix(prefix) {
            let target = folder + "/" + part.path.dropFirst(prefix.count)
            if Files.exists(target) { continue }
            let parent = Files.parent(target)
            if !Files.exists(parent) {
                try Files.makeFolder(parent, mode: 0o700)
                try Files.setMode(parent, 0o2770)
            }
            try Files.write(target, Files.read(source + "/" + part.path, limit: 1 << 30), mode: 0o640)
            count += 1
        }
        return count
    }
}
