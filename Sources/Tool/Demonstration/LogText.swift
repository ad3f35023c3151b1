import JSON

/// Log lines for people: a JSON line becomes time, part, level, message and the rest as name=value.
enum LogText {
    static func readable(_ line: Substring, from part: String) -> String {
        guard let value = try? JSONValue(parsing: Array(line.utf8)), let object = value.object else {
            return "\(padded(part)) \(line)"
        }
        var head = padded(part)
        // RFC 3339: only the time of day is shown.
        if let time = value["time"]?.string ?? value["received_at"]?.string, let start = time.firstIndex(of: "T") {
            head = "\(time[start...].dropFirst().prefix(12)) \(head)"
        }
        if let level = value["level"]?.string, level != "info" { head += " \(level.uppercased())" }
        if let message = value["message"]?.string { head += " \(message)" }
        let shown: Set<String> = ["time", "received_at", "level", "message"]
        let rest = object.members.filter { !shown.contains($0.key) }
            .map { "\($0.key)=\($0.value.string ?? $0.value.text)" }
        return ([head] + rest).joined(separator: " ")
    }

    private static func padded(_ part: String) -> String {
        part + String(repeating: " ", count: max(0, 9 - part.count))
    }
}
