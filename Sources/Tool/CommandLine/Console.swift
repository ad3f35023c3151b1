import Glibc
import Platform

/// Standard output, for a person who reads along.
enum Console {
    /// Prints a line at once, even into a pipe or file; control characters in it are made visible.
    static func say(_ text: String) {
        print(VisibleText.of(text))
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
    enum Colour: Int, CaseIterable {
        case red = 31
        case green = 32
        case yellow = 33
        case grey = 90
    }

    /// The text in that colour, where colours help.
    static func coloured(_ text: String, _ colour: Colour) -> String {
        hasColour ? code(colour.rawValue) + text + code(0) : text
    }

    /// The only escape sequences that are ever printed.
    static let colourCodes = [code(0)] + Colour.allCases.map { code($0.rawValue) }

    private static func code(_ number: Int) -> String { "\u{1B}[\(number)m" }
}
