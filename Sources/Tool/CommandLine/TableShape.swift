import ArgumentParser
import JSON
import Platform
import Webhooks

/// How a table is shown.
struct TableShape {
    /// Whether times are in UTC; otherwise they are in the local time zone.
    var isUTC = false
    /// The most columns of text; nil for no limit.
    var width = Terminal.columns

    /// A value of a row for people.
    /// - Parameter key: values of keys such as `received_at` are times.
    func text(_ key: String, _ value: JSONValue) -> String {
        let text = value.string ?? value.text
        guard Self.isTime(key), let time = Timestamp(rfc3339: text) else { return text }
        return LocalTime.text(microseconds: time.microseconds, isUTC: isUTC)
    }

    static func isTime(_ key: String) -> Bool {
        key.hasSuffix("_at") || key.hasSuffix("_since") || key == "until" || key == "at"
    }
}

/// The options of commands that show tables.
struct TableArguments: ParsableArguments {
    @Flag(help: "Show times in UTC, not in the local time zone.")
    var utc = false

    @Flag(help: "Show whole values, however narrow the terminal is.")
    var wide = false

    var shape: TableShape {
        var shape = TableShape(isUTC: utc)
        if wide { shape.width = nil }
        return shape
    }
}
