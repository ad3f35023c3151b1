internal import Glibc

/// The account that this process runs under.
public enum Account {
    /// The name of the real user id (getuid(2), getpwuid_r(3)), whatever the environment says; the id in digits where it
    /// has no name.
    public static var name: String {
        let id = getuid()
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(id, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
        else { return "\(id)" }
        return String(cString: name)
    }

    /// What a mode allows, with its bit.
    public enum Access: UInt32, Sendable {
        /// Reading a file, listing a folder.
        case read = 4
        /// Writing to a file; with ``enter`` making and removing files of a folder.
        case write = 2
        /// Entering a folder, or running a program.
        case enter = 1
    }

    /// Whether there is a user of that name (getpwnam_r(3)).
    public static func exists(_ user: String) -> Bool {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        return getpwnam_r(user, &entry, &buffer, buffer.count, &found) == 0 && found != nil
    }

    /// Whether the user of that name may do that with a file of that status, by its own id and all its groups
    /// (getgrouplist(3)). Folders on the way are not looked at.
    /// - Returns: nil when there is no such user.
    public static func may(_ user: String, _ access: Access, _ status: FileStatus) -> Bool? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        var groups = [gid_t](repeating: 0, count: 256)
        var count = Int32(groups.count)
        guard getgrouplist(user, entry.pw_gid, &groups, &count) >= 0 else { return nil }
        if entry.pw_uid == 0 { return true }
        if entry.pw_uid == status.userID { return status.mode & access.rawValue << 6 != 0 }
        if groups.prefix(Int(count)).contains(status.groupID) { return status.mode & access.rawValue << 3 != 0 }
        return status.mode & access.rawValue != 0
    }

    /// Whether it is root's.
    public static var isRoot: Bool { getuid() == 0 }
}
