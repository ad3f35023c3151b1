import Glibc
import Platform

/// What a run calls itself in the database, for people: host and process.
public enum RunHolder {
    /// The name of this process.
    public static func name() -> String { "\(hostname()):\(getpid())" }

    private static func hostname() -> String {
        let text = (try? Files.readText("/proc/sys/kernel/hostname")) ?? ""
        let name = text.prefix { !$0.isWhitespace }
        return name.isEmpty ? "localhost" : String(name)
    }
}
