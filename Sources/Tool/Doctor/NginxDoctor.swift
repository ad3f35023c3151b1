import Platform
import Setup

/// Whether nginx has room for connections, open files and incoming bodies.
struct NginxDoctor {
    /// nginx's main file, which the site file cannot change.
    let main: String
    /// The site file, which names the folder of bodies.
    let site: String

    /// The free space below which it warns; one address can hold 4,096 bodies of the largest size.
    private static let freeMiB = 1024

    func findings() -> [Finding] {
        // Without the system's nginx there is nothing to check.
        guard let text = try? Files.readText(main), Files.exists(site) else { return [] }
        return [limits(text)] + [room].compactMap(\.self)
    }

    private func limits(_ text: String) -> Finding {
        var missing: [String] = []
        if number("worker_connections", text) ?? 512 < NginxMain.connections {
            missing.append("events { \(NginxMain.connectionsLine) }")
        }
        if number("worker_rlimit_nofile", text) ?? 1024 < NginxMain.openFiles {
            missing.append(NginxMain.openFilesLine)
        }
        if missing.isEmpty {
            return Finding("nginx limits", .ok, "\(main) has room for \(NginxMain.connections) connections")
        }
        return Finding(
            "nginx limits", .warning, "a few clients with open connections can block all others",
            advice: "\(main) must say: \(missing.joined(separator: " ")) Then: nginx -t && systemctl reload nginx")
    }

    /// nil where the site names no folder, or nothing is known of it yet.
    private var room: Finding? {
        guard let text = try? Files.readText(site), let folder = words("client_body_temp_path", text)?.first else {
            return nil
        }
        let existing = Files.exists(folder) ? folder : Files.parent(folder)
        guard let free = DiskSpace.free(of: existing).map({ $0 >> 20 }) else {
            return Finding("nginx bodies", .skipped, "the free space of \(folder) is unknown")
        }
        let found = "\(free) MiB are free for bodies in \(folder)"
        if free >= Self.freeMiB { return Finding("nginx bodies", .ok, found) }
        return Finding(
            "nginx bodies", .warning, found,
            advice: "free some space, or move client_body_temp_path in \(site): one address can hold 4 GiB there")
    }

    private func number(_ directive: String, _ text: String) -> Int? {
        words(directive, text)?.first.flatMap { Int($0) }
    }

    /// The arguments of a directive's first use, without comments.
    private func words(_ directive: String, _ text: String) -> [String]? {
        for line in text.lines() {
            let code = line.prefix { $0 != "#" }
            for statement in code.split(whereSeparator: { ";{}".contains($0) }) {
                let words = statement.split(whereSeparator: \.isWhitespace).map(String.init)
                if words.first == directive, words.count > 1 { return Array(words.dropFirst()) }
            }
        }
        return nil
    }
}
