import Glibc
import Platform

/// Standard output, for a person who reads along.
enum Console {
    /// Prints a line at once, into a pipe or file, too.
    static func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Writes bytes as they are.
    static func write(_ bytes: [UInt8]) {
        fflush(nil)
        StandardOutput.write(bytes)
    }

    /// Whether colours help: on a terminal that knows them, unless NO_COLOR is set (https://no-color.org).
    static let hasColour =
        isatty(1) == 1 && (Environment.value(of: "NO_COLOR") ?? "").isEmpty && Environment.value(of: "TERM") != "dumb"

    /// The colours there are (ECMA-48, SGR).
    enum Colour: Int {
        case red = 31
        case green = 32
        case yellow = 33
        case grey = 90
    }

    /// The text in that colour, where colours help.
    static func coloured(_ text: String, _ colour: Colour) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
