import Glibc

/// The environment of this process (environ(7)).
public enum Environment {
    /// The value of one variable, copied; nil when it is not set (getenv(3)).
    public static func value(of name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Sets one variable, replacing its old value (setenv(3)).
    ///
    /// Only before the first thread starts: setenv is not thread-safe, and C libraries read the environment any time.
    /// - Throws: EINVAL when the name is empty or has a "=", ENOMEM.
    public static func set(_ name: String, to value: String) throws(SystemCallError) {
        guard setenv(name, value, 1) == 0 else { throw .last("setenv") }
    }
}
