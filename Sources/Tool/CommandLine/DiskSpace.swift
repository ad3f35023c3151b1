import Platform

/// Room on a file system (df(1)), and its text.
enum DiskSpace {
    /// The free bytes where a path is; nil if they are unknown.
    static func free(of path: String) -> Int64? {
        let command = ChildCommand(["df", "--output=avail", "-k", path])
        guard let output = try? ChildProcess.run(command), output.succeeded,
            let free = output.text.lines().last.flatMap({ Int64($0.filter(\.isNumber)) })
        else { return nil }
        return free * 1024
    }

    /// Bytes in their largest unit: `512 B`, `3.4 MiB`.
    static func text(_ bytes: Int64) -> String {
        var (value, unit) = (Double(bytes), 0)
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
        return unit == 0 ? "\(bytes) B" : "\(Double(Int(value * 10)) / 10) \(units[unit])"
    }
}
