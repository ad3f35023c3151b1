/// Paths as text.
enum FilePath {
    /// `path` as seen from `directory`.
    static func join(_ directory: String, _ path: String) -> String {
        if path.hasPrefix("/") || directory.isEmpty || directory == "." { return path }
        return directory.hasSuffix("/") ? directory + path : "\(directory)/\(path)"
    }

    /// The folder that a file is in.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Advice for a file with secrets that everyone can read or write; nil if only owner and group can.
    static func exposure(_ path: String, mode: UInt32?) -> String? {
        guard let mode, mode & 0o006 != 0 else { return nil }
        return "holds secrets and is accessible to every user of this machine; run: chmod 640 '\(path)'"
    }
}
