public import Crypto
import Webhooks

/// The way to notify people when the batch processor cannot, because it does not run: `last_resort:`.
///
/// It is read by itself, so that no mistake elsewhere in the file, not even in its form, keeps it from being read.
public struct LastResort: Sendable {
    /// How people are notified.
    public enum Way: Sendable {
        /// A mail through the sendmail(8) of this host; bare addresses, an absolute path.
        case mail(to: String, from: String, sendmail: String)
        /// A POST of `{"text": …}` to a URL that may be a secret.
        case webhook(SecretBytes)
    }

    /// How people are notified.
    public let way: Way
    /// The server's URL, whose `/ready` is asked; nil for none.
    public let url: String?
    /// How long a problem must last until people are notified.
    public let after: Duration
    /// After which time they are notified of the same problem again.
    public let again: Duration

    private static let name = "last_resort"

    /// Reads the section of the configuration file.
    /// - Parameter path: the file; nil for the usual places.
    /// - Returns: nil in `found` if there is no section, or it has a mistake; each problem of the section.
    public static func load(
        path: String? = nil, for reader: Settings.Reader = .person, from input: SettingsInput
    ) -> (found: LastResort?, problems: [SettingsProblem]) {
        let location = ConfigurationFile.find(path, input)
        guard case .bytes(let bytes) = input.readFile(location.path) else { return (nil, []) }
        let problems = ProblemList(file: location.path)
        // What is wrong with the files of variables does not matter here.
        let ignored = ProblemList(file: location.path)
        let variables = Variables(input, directories: location.directories, reader: reader, problems: ignored)
        let secrets = SecretReader(
            input: input, variables: variables,
            outbound: variables.withOutbound(
                input, directories: location.directories, reader: reader, problems: ignored),
            reader: reader, directory: location.directory, problems: problems)
        let found = YAMLReader.read(slice(bytes), problems: problems)
            .flatMap { Section($0, path: "", keys: [name], problems: problems) }
            .flatMap { read($0, secrets.ofActions) }
        return (found, problems.sorted)
    }

    /// The lines of the section, the others blank, so that lines keep their numbers.
    private static func slice(_ bytes: [UInt8]) -> [UInt8] {
        var isInside = false
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            if let first = line.first, !" \t\r#".utf8.contains(first) {
                isInside = line.starts(with: "\(name):".utf8)
            }
            // A line that begins with a tab belongs to no section of a valid file.
            return isInside && line.first != UInt8(ascii: "\t") ? Array(line) : []
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Reports the mistakes of the section, in a file that is read as a whole.
    static func check(_ root: Section, _ secrets: SecretReader) { _ = read(root, secrets) }

    private static func read(_ root: Section, _ secrets: SecretReader) -> LastResort? {
        guard let section = root.section(name, keys: LastResortKeys.section.names) else { return nil }
        let after = LastResortKeys.after.value(in: section)
        let again = LastResortKeys.again.value(in: section)
        guard let way = way(section, secrets) else { return nil }
        return LastResort(way: way, url: section.text("url"), after: after, again: again)
    }

    private static func way(_ section: Section, _ secrets: SecretReader) -> Way? {
        if section.has("mail") == section.has("webhook") {
            section.problems.error(section.line, "\(name) must have one of mail and webhook")
            return nil
        }
        if let node = section["webhook"] {
            guard let read = secrets.read(node, path: section.path(of: "webhook")) else { return nil }
            guard let secret = read.secret else {
                if !read.isWithheld {
                    section.problems.warn(
                        section.line(of: "webhook"), "\(name) reaches nobody: \(read.missing)")
                }
                return nil
            }
            return .webhook(secret)
        }
        guard let to = section.text("mail") else { return nil }
        let (from, sendmail) = (section.text("from") ?? to, LastResortKeys.sendmail.value(in: section))
        for (key, address) in [("mail", to), ("from", from)] where !isAddress(address) {
            section.error(key, "must be a bare address such as ops@example.com")
            return nil
        }
        guard sendmail.hasPrefix("/") else {
            section.error("sendmail", "must be the absolute path of a program")
            return nil
        }
        return .mail(to: to, from: from, sendmail: sendmail)
    }

    /// Visible ASCII with one `@`: it becomes an argument and a header field.
    private static func isAddress(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) } && !text.hasPrefix("-")
            && !text.contains { "<>,;\"()".contains($0) }
            && text.split(separator: "@", omittingEmptySubsequences: false).count == 2 && !text.hasPrefix("@")
            && !text.hasSuffix("@")
    }
}
