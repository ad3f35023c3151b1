internal import Glibc

extension Files {
    /// The path of an existing file or folder without links, `.` and `..` (realpath(3)).
    /// - Throws: ``FileError``.
    public static func realPath(_ path: String) throws(FileError) -> String {
        guard let found = realpath(path, nil) else { throw FileError("resolve", path) }
        defer { free(found) }
        return String(cString: found)
    }
}
