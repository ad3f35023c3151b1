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

    /// Whether it is root's.
    public static var isRoot: Bool { getuid() == 0 }
}
