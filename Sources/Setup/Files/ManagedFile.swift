/// Files that another program writes: a change by hand would be lost, or miss the file that counts.
public enum ManagedFile {
    private static let marks = [
        ("overwritten by patroni", "Patroni"), ("ansible managed", "Ansible"), ("ansible_managed", "Ansible"),
        ("managed by ansible", "Ansible"), ("managed by puppet", "Puppet"), ("managed by chef", "Chef"),
        ("managed by salt", "Salt"),
    ]
    private static let includes: Set = ["include", "include_if_exists", "include_dir"]

    /// Who manages a file of Postgres's access rules; nil for nobody.
    public static func manager(of text: String) -> String? {
        for line in MarkedText(text).lines {
            let comment = line.drop { $0.isWhitespace }
            if comment.first == "#" {
                let words = comment.lowercased()
                if let mark = marks.first(where: { words.contains($0.0) }) { return mark.1 }
            } else if let word = AccessRule.tokens(line).first, includes.contains(word) {
                return "another file, by a line \"\(word)\""
            }
        }
        return nil
    }
}
