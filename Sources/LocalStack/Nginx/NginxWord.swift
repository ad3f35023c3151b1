internal import Webhooks

/// Parts of nginx's configuration with configured values.
public enum NginxWord {
    /// A word, in quotes if it contains a character that would end it.
    public static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "/_.-~:".utf8.contains(byte)
        }
        if plain { return word }
        return "\"" + word.escapingScalars { $0 == "\"" || $0 == "\\" ? "\\\($0)" : nil } + "\""
    }

    /// Whether a text can be a server's name, unquoted.
    public static func isServerName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && !";{}\"'\\".utf8.contains($0) }
    }

    /// The directive that writes the log of the hook locations: never buffered, because a buffer is lost in a crash.
    ///
    /// - Parameter path: of the file.
    public static func hookLog(_ path: String) -> String {
        "access_log \(quoted(path)) hookledger_hooks if=$hookledger_hook;"
    }

    /// The lines of the map `$hookledger_origin`: an allowed origin maps to itself, as the browser writes it.
    ///
    /// - Parameter origins: in lower case; nginx compares without regard to case, and takes none twice.
    public static func origins(_ origins: [String]) -> [String] {
        var seen: Set<String> = []
        return origins.filter { seen.insert($0).inserted }.map { quoted($0) + " $http_origin;" }
    }
}
