import LocalStack
import Platform

/// What a stage has changed so far, in a file: a stage whose check fails is undone by it, and so is one whose process was
/// killed, by the next run. So no program ever reads files that were not checked.
struct StageJournal {
    /// The folder of copies and journal, for root only.
    static let folder = "/var/backups/hookledger-setup"

    private static let file = folder + "/unfinished"

    /// What undoes one step.
    private enum Entry {
        /// A file gets its copy back.
        case copied(path: String, copy: String)
        /// A file or link is removed.
        case made(path: String)
        /// A link is made.
        case unlinked(path: String, target: String)

        /// Fields are separated by a byte that no path has.
        var line: String {
            switch self {
            case .copied(let path, let copy): ["copied", path, copy].joined(separator: "\u{0}")
            case .made(let path): ["made", path].joined(separator: "\u{0}")
            case .unlinked(let path, let target): ["unlinked", path, target].joined(separator: "\u{0}")
            }
        }

        init?(_ line: Substring) {
            let fields = line.split(separator: "\u{0}").map(String.init)
            switch (fields.first, fields.count) {
            case ("copied", 3): self = .copied(path: fields[1], copy: fields[2])
            case ("made", 2): self = .made(path: fields[1])
            case ("unlinked", 3): self = .unlinked(path: fields[1], target: fields[2])
            default: return nil
            }
        }

        func undo() throws {
            switch self {
            case .copied(let path, let copy):
                let new = path + ".hookledger-setup"
                let output = try ChildProcess.run(ChildCommand(["cp", "-p", copy, new]))
                guard output.succeeded else { throw StackError(.failed, "cp \(copy): \(output.errorText)") }
                try Files.rename(new, to: path)
            case .made(let path): try Files.remove(path)
            case .unlinked(let path, let target): try Files.link(path, to: target)
            }
        }
    }

    private var entries: [Entry] = []
    /// Where the copies of this run are.
    let copies: String

    /// - Parameter copies: a folder of this run below ``folder``.
    init(copies: String) { self.copies = copies }

    /// Whether there is something to undo.
    var hasChanged: Bool { !entries.isEmpty }

    /// Before a file is changed or removed: keeps it as it is, with its owner and mode.
    mutating func keep(_ path: String) throws {
        try Files.makeFolder(Files.parent(copies + path), mode: 0o700)
        let output = try ChildProcess.run(ChildCommand(["cp", "-p", path, copies + path]))
        guard output.succeeded else { throw StackError(.failed, "cp \(path): \(output.errorText)") }
        try note(.copied(path: path, copy: copies + path))
    }

    /// Before a file or link is made.
    mutating func willMake(_ path: String) throws { try note(.made(path: path)) }

    /// Before a link is removed.
    mutating func willUnlink(_ path: String) throws {
        try note(.unlinked(path: path, target: try Files.realPath(path)))
    }

    private mutating func note(_ entry: Entry) throws {
        entries.append(entry)
        try Files.makeFolder(Self.folder, mode: 0o700)
        try Files.write(Self.file, text: entries.map { $0.line + "\n" }.joined(), mode: 0o600)
    }

    /// The files count: nothing is undone any longer.
    func end() throws { try Files.remove(Self.file) }

    /// Undoes what a stage changed, the last step first.
    func undo() throws {
        for entry in entries.reversed() { try entry.undo() }
        try end()
    }

    /// Undoes the stage of a run that ended before its check.
    /// - Returns: whether there was one.
    static func recover() throws -> Bool {
        guard Files.exists(file) else { return false }
        var journal = StageJournal(copies: "")
        journal.entries = try Files.readText(file).lines().compactMap(Entry.init)
        try journal.undo()
        return true
    }
}
