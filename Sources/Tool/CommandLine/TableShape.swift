import ArgumentParser
import JSON
import Platform
import Webhooks

/// How times are shown to people, in tables and in sentences. JSON has them in RFC 3339 and UTC.
struct TimeShape {
    /// Whether times are in UTC; otherwise they are in the local time zone.
    var isUTC = false

    func text(_ time: Timestamp) -> String { LocalTime.text(microseconds: time.microseconds, isUTC: isUTC) }

    /// - Parameter text: a time in RFC 3339; another text stays as it is.
    func text(_ text: String) -> String { Timestamp(rfc3339: text).map(self.text) ?? text }
}

/// How a table is shown.
struct TableShape {
    var time = TimeShape()
    /// The most columns of text; nil for no limit.
    var width = Terminal.columns

    /// A value of a row for people.
    /// - Parameter key: values of keys such as `received_at` are times.
    func text(_ key: String, _ value: JSONValue) -> String {
        let text = value.string ?? value.text
        return Self.isTime(key) ? time.text(text) : text
    }

    static func isTime(_ key: String) -> Bool {
        key.hasSuffix("_at") || key.hasSuffix("_since") || key == "until" || key == "at"
    }
}

/// The option of commands that show times.
struct TimeArguments: ParsableArguments {
    @Flag(help: "Show times in UTC, not in the local time zone.")
    var utc = false

    var shape: TimeShape { TimeShape(isUTC: utc) }
}

/// The options of commands that show tables.
struct TableArguments: ParsableArguments {
    @OptionGroup var time: TimeArguments

    @Flag(help: "Show whole values, however narrow the terminal is.")
    var wide = false

    var shape: TableShape {
        var shape = TableShape(time: time.shape)
        if wide { shape.width = nil }
        return shape
    }
}
