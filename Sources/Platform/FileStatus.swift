internal import Glibc

/// The status of a file by stat(2).
public struct FileStatus: Sendable, Hashable {
    /// Bytes.
    public let size: Int64
    /// Permission bits, for instance 0o640.
    public let mode: UInt32
    /// Whose it is.
    public let userID: UInt32
    /// Its group.
    public let groupID: UInt32
    /// Whether it is a folder.
    public let isFolder: Bool
    /// Whether it is a regular file.
    public let isRegular: Bool
    /// Whether it is a unix socket.
    public let isSocket: Bool
    /// The last change of the content, microseconds since 1970.
    public let modified: Int64
}

extension Files {
    /// Whether the path exists, after following links.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether the path is a symbolic link, whether or not it leads anywhere (lstat(2)).
    public static func isLink(_ path: String) -> Bool {
        var raw = stat()
        return lstat(path, &raw) == 0 && raw.st_mode & S_IFMT == S_IFLNK
    }

    /// Whether this user may not read the file or list the folder, or may not reach it (access(2)).
    public static func isForbidden(_ path: String) -> Bool { access(path, R_OK) != 0 && errno == EACCES }

    /// Whether this user may write to the file, or make files in the folder (access(2)).
    public static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

    /// The status of the path, after following links; nil if it does not exist.
    ///
    /// - Throws: ``FileError`` if that cannot be determined.
    public static func status(_ path: String) throws(FileError) -> FileStatus? {
        var raw = stat()
        guard stat(path, &raw) == 0 else {
            let error = FileError("stat", path)
            if error.isMissing { return nil }
            throw error
        }
        let kind = raw.st_mode & S_IFMT
        return FileStatus(
            size: Int64(raw.st_size), mode: raw.st_mode & 0o7777, userID: raw.st_uid, groupID: raw.st_gid,
            isFolder: kind == S_IFDIR, isRegular: kind == S_IFREG, isSocket: kind == S_IFSOCK,
            modified: Int64(raw.st_mtim.tv_sec) * 1_000_000 + Int64(raw.st_mtim.tv_nsec) / 1000)
    }

    /// Sets the permission bits.
    public static func setMode(_ path: String, _ mode: UInt32) throws(FileError) {
        if chmod(path, mode) != 0 { throw FileError("chmod", path) }
    }

    /// Gives a file or folder, without what it holds, to a user and that user's main group. Needs root.
    ///
    /// - Throws: ``FileError``; ENOENT when there is no such user.
    public static func setOwner(_ path: String, user: String) throws(FileError) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        let code = getpwnam_r(user, &entry, &buffer, buffer.count, &found)
        guard code == 0, found != nil else {
            errno = code == 0 ? ENOENT : code
            throw FileError("look up user \(user) for", path)
        }
        if chown(path, entry.pw_uid, entry.pw_gid) != 0 { throw FileError("chown", path) }
    }

    /// Makes a symbolic link, replacing one that is there.
    public static func link(_ path: String, to target: String) throws(FileError) {
        var raw = stat()
        if lstat(path, &raw) == 0, raw.st_mode & S_IFMT == S_IFLNK { unlink(path) }
        if symlink(target, path) != 0 { throw FileError("symlink", path) }
    }
}
