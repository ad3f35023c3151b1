/// All inputs of the settings, as values and closures, so that they can be read without a disk.
public struct SettingsInput: Sendable {
    /// The value at a path.
    public enum FileContents: Sendable, Equatable {
        /// The bytes of a regular file.
        case bytes([UInt8])
        /// Nothing is there.
        case absent
        /// Something is there but cannot be read; the reason, such as `Permission denied`.
        case unreadable(String)
    }

    /// The value of a variable of the process; nil when it is not set.
    public var variable: @Sendable (_ name: String) -> String?
    /// Reads a whole file.
    public var readFile: @Sendable (_ path: String) -> FileContents
    /// The permission bits (0o640 …) of what is at a path; nil when nothing is.
    public var fileMode: @Sendable (_ path: String) -> UInt32?

    /// Settings are read from these.
    public init(
        variable: @escaping @Sendable (_ name: String) -> String?,
        readFile: @escaping @Sendable (_ path: String) -> FileContents,
        fileMode: @escaping @Sendable (_ path: String) -> UInt32?
    ) {
        self.variable = variable
        self.readFile = readFile
        self.fileMode = fileMode
    }
}
