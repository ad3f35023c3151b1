/// One change of a host.
public enum SetupStep: Sendable, Equatable {
    /// A file gets another text.
    case change(FileChange)
    /// A symbolic link is made.
    case link(path: String, target: String)
    /// A file or link of ours is removed.
    case remove(path: String)
    /// A program is run.
    case run(SetupCommand)
    /// A person has to write lines into a file that this program must not change.
    case paste(Paste)
}

/// A file with its text before and after.
public struct FileChange: Sendable, Equatable {
    /// The file, with links resolved.
    public let path: String
    /// nil for a new file.
    public let before: String?
    /// What it is to contain.
    public let after: String
    /// Whether it belongs to Hookledger; others are only changed after a person said yes.
    public let isOurs: Bool
    /// Whether the values in it are secrets.
    public let hasSecrets: Bool
    /// What a person would write by hand.
    public let lines: [String]

    init(
        _ path: String, _ before: String?, _ after: String, isOurs: Bool, hasSecrets: Bool = false, lines: [String] = []
    ) {
        self.path = path
        self.before = before
        self.after = after
        self.isOurs = isOurs
        self.hasSecrets = hasSecrets
        self.lines = lines
    }

    /// What changes, in the form of `diff -u`; secrets are hidden.
    public var diff: [String] {
        let lines = LineDiff.lines(before, after)
        let shown = hasSecrets ? lines.map { String($0.prefix(1)) + SecretLines.hidden(String($0.dropFirst())) } : lines
        return ["--- \(before == nil ? "/dev/null" : path)", "+++ \(path)"] + shown
    }
}

/// A program to run.
public struct SetupCommand: Sendable, Equatable {
    /// The program and its arguments.
    public let arguments: [String]
    /// The system user; nil for root.
    public let user: String?
    /// How often a failure is repeated, a second apart.
    public let patience: Int

    /// A command that root runs, or that user.
    public init(_ arguments: [String], user: String? = nil, patience: Int = 0) {
        self.arguments = arguments
        self.user = user
        self.patience = patience
    }

    /// As a person would type it.
    public var text: String {
        let words = arguments.map { word in
            let isPlain = word.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "/_.-+=:@,".utf8.contains(byte)
            }
            return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
        }
        return (user.map { "sudo -u \($0) " } ?? "") + words.joined(separator: " ")
    }
}

/// Lines for a person to write.
public struct Paste: Sendable, Equatable {
    /// Where to.
    public let path: String
    /// Why this program does not.
    public let reason: String
    /// The lines.
    public let lines: [String]

    /// Lines for that file.
    public init(path: String, reason: String, lines: [String]) {
        (self.path, self.reason, self.lines) = (path, reason, lines)
    }
}

/// Steps that are checked together before they count.
public struct SetupStage: Sendable, Equatable {
    /// What decides whether the files of a stage may stay.
    public enum Check: String, Sendable {
        /// Nothing: no running program reads them.
        case none
        /// Postgres reads its access rules without an error and still lets `postgres` in.
        case postgres
        /// `nginx -t`
        case nginx
    }

    /// For people, such as `Postgres: who may log in`.
    public let title: String
    /// In this order.
    public let steps: [SetupStep]
    /// After the files were written; then the program reloads.
    public let check: Check

    /// A stage with those steps.
    public init(_ title: String, _ steps: [SetupStep], check: Check = .none) {
        (self.title, self.steps, self.check) = (title, steps, check)
    }
}
