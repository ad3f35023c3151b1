import Glibc

/// Standard output, for a person who reads along.
enum Console {
    /// Prints a line at once, into a pipe or file, too.
    static func say(_ text: String) {
        print(text)
        fflush(nil)
    }
}
