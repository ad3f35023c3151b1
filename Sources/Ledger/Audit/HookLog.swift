public import Platform

/// nginx's log of the hook locations, with its rotated and compressed files.
public enum HookLog {
    /// The files of a log, found beside it: `hooks.log`, `hooks.log.1`, `hooks.log-20261130.gz` and the like.
    ///
    /// - Parameter path: of the file that nginx writes.
    /// - Returns: the newest name last; empty if there is none.
    /// - Throws: ``FileError`` if the folder cannot be listed.
    public static func files(of path: String) throws(FileError) -> [String] {
        let folder = Files.parent(path)
        guard Files.exists(folder) else { return [] }
        let name = String(path.dropFirst(folder.count).drop { $0 == "/" })
        return try Files.list(folder).filter { file in
            file == name
                || file.hasPrefix(name) && [".", "-"].contains(file.dropFirst(name.count).first.map(String.init))
        }.map { folder + "/" + $0 }.sorted { $0.count == $1.count ? $0 > $1 : $0.count > $1.count }
    }

    /// Opens the files that may have lines of a time. All are opened before the first is read, so that a rotation
    /// meanwhile neither hides one nor shows one twice.
    ///
    /// - Parameter since: microseconds since 1970; a file that was last written before that has no such line.
    /// - Throws: ``FileError``; a file that was removed meanwhile is none.
    static func open(_ paths: [String], since: Int64) throws(FileError) -> [LineReader] {
        var readers: [LineReader] = []
        for path in paths {
            do throws(FileError) {
                guard let status = try Files.status(path), status.modified >= since else { continue }
                readers.append(try LineReader(path))
            } catch {
                if !error.isMissing { throw error }
            }
        }
        return readers
    }
}
