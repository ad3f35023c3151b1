internal import Platform

/// Programs of the distribution.
enum Program {
    /// The path of a program: in `PATH`, or in Debian's folders for the administrator, which an ordinary user's `PATH`
    /// lacks.
    ///
    /// - Parameter package: the Debian package to name when it is missing.
    static func find(_ name: String, package: String) throws(StackError) -> String {
        let own = Environment.value(of: "PATH") ?? ""
        for folder in "\(own):\(path)".split(separator: ":") {
            let file = "\(folder)/\(name)"
            if folder.hasPrefix("/"), Files.exists(file) { return file }
        }
        throw StackError(.missing, "\(name) is not installed: apt-get install \(package)")
    }

    /// The `PATH` of the stack's processes, independent of the starter's.
    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
}
