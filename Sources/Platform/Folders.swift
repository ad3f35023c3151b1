internal import Glibc

extension Files {
    /// Makes a folder and those above it that are missing; an existing one is left as it is.
    ///
    /// - Parameter mode: of the folders made here, less the umask.
    /// - Throws: ``FileError``.
    public static func makeFolder(_ path: String, mode: UInt32 = 0o755) throws(FileError) {
        if mkdir(path, mode) == 0 { return FileSteps.note(.makeFolder(path)) }
        if errno == EEXIST {
            if let status = try status(path), status.isFolder { return }
            errno = EEXIST
        } else if errno == ENOENT, parent(path) != path {
            try makeFolder(parent(path), mode: mode)
            if mkdir(path, mode) == 0 { return FileSteps.note(.makeFolder(path)) }
            if errno == EEXIST { return }
        }
        throw FileError("mkdir", path)
    }

    /// Makes a new folder with a short path, so that sockets fit into it (107 bytes, unix(7)), and an unguessable
    /// name. The caller removes it.
    ///
    /// - Parameter mode: permission bits, whatever the umask says.
    /// - Returns: `/tmp/` and the name.
    public static func makeTemporaryFolder(
        _ prefix: String = "hl", in parent: String = "/tmp", mode: UInt32 = 0o700
    ) throws(FileError) -> String {
        var name = Array("\(parent)/\(prefix)-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw FileError("mkdtemp", "\(parent)/\(prefix)-XXXXXX") }
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try setMode(path, mode)
        return path
    }

    /// How many bytes an ordinary user may still write where that path is; 0 if it is not there. statvfs(3)
    public static func freeBytes(at path: String) -> Int64 {
        var answer = statvfs()
        guard statvfs(path, &answer) == 0 else { return 0 }
        return Int64(clamping: UInt64(answer.f_bavail) * UInt64(answer.f_frsize))
    }

    /// The names in a folder, sorted, without `.` and `..`.
    public static func list(_ path: String) throws(FileError) -> [String] {
        guard let folder = opendir(path) else { throw FileError("list", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else {
                if errno != 0 { throw FileError("list", path) }
                return names.sorted()
            }
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
    }

    /// Removes a file, or a folder with all it holds. Symbolic links are removed, not followed; a path that does not
    /// exist is no error.
    public static func remove(_ path: String) throws(FileError) {
        if unlink(path) == 0 { return FileSteps.note(.remove(path)) }
        if errno == ENOENT { return }
        guard errno == EISDIR || errno == EPERM else { throw FileError("remove", path) }
        for name in try list(path) { try remove(path + "/" + name) }
        if rmdir(path) != 0, errno != ENOENT { throw FileError("remove", path) }
    }

    /// Gives a file or folder another path in the same file system (rename(2)); replaces a file or an empty folder.
    public static func rename(_ path: String, to target: String) throws(FileError) {
        if Glibc.rename(path, target) != 0 { throw FileError("rename", path) }
        FileSteps.note(.rename(path, to: target))
    }
}
