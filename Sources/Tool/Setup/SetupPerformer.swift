import LocalStack
import Platform
import Setup

/// Does the steps of a plan. Each file is copied before it is changed; what a check refuses is undone.
struct SetupPerformer {
    let administrator: PostgresAdministrator?
    /// The server's process.
    let postgres: Int32?
    let hasSystemd: Bool
    /// The folder of the copies of this run.
    let copies: String

    /// Does a stage.
    ///
    /// - Returns: whether a person has to write something before the next stages can work.
    /// - Throws: `StackError` when a step or a check failed, after the files of the stage are as before.
    func perform(_ stage: SetupStage) throws -> Bool {
        Console.say("\n\(stage.title)")
        var journal = StageJournal(copies: copies)
        var isIncomplete = false
        do {
            let rules = stage.check == .postgres ? try administrator?.rules() ?? [] : []
            for step in stage.steps {
                if case .paste(let paste) = step {
                    Self.show(paste)
                    isIncomplete = isIncomplete || stage.check != .nginx
                }
                try perform(step, isChecked: stage.check != .none, &journal)
            }
            try check(stage.check, journal.hasChanged, rules)
            try journal.end()
        } catch {
            try journal.undo()
            if journal.hasChanged, stage.check == .postgres, let postgres { try administrator?.hangUp(postgres) }
            throw StackError(
                .failed,
                "\(stage.title): \(error)\(journal.hasChanged ? ". The files of this step are as they were." : "")")
        }
        return isIncomplete
    }

    /// Shows lines that a person must write.
    static func show(_ paste: Paste) {
        Console.say("  \(paste.path): \(paste.reason)")
        for line in paste.lines { Console.say("      \(line)") }
    }

    /// - Parameter isChecked: whether the step may be undone. No copy is made of keys and secrets, which no check is about.
    private func perform(_ step: SetupStep, isChecked: Bool, _ journal: inout StageJournal) throws {
        switch step {
        case .paste: break
        case .run(let command): try run(command)
        case .change(let change):
            if isChecked {
                if change.before == nil { try journal.willMake(change.path) } else { try journal.keep(change.path) }
            }
            try write(change)
            Console.say("  wrote \(change.path)")
        case .link(let path, let target):
            try journal.willMake(path)
            try Files.link(path, to: target)
            Console.say("  linked \(path)")
        case .remove(let path):
            if Files.isLink(path) {
                try journal.willUnlink(path)
            } else if try Files.status(path) == nil {
                return
            } else if isChecked {
                try journal.keep(path)
            }
            try Files.remove(path)
            Console.say("  removed \(path)")
        }
    }

    private func run(_ command: SetupCommand) throws {
        Console.say("  $ \(command.text)")
        var failures = 0
        while true {
            var child = ChildCommand(command.arguments)
            if let user = command.user { child = child.asUser(user) }
            child.folder = "/"
            let output = try ChildProcess.run(child, timeout: .seconds(600))
            if output.succeeded {
                for line in output.text.lines().suffix(3) { Console.say("    \(line)") }
                return
            }
            guard failures < command.patience else {
                throw StackError(.failed, "\(command.text): \(output.errorText)\n\(output.text)")
            }
            failures += 1
            SystemClock.sleep(milliseconds: 1000)
        }
    }

    /// Checks the files of a stage, and lets the program read them.
    private func check(_ check: SetupStage.Check, _ hasChanged: Bool, _ before: [String]) throws {
        switch check {
        case .none: break
        case .postgres:
            guard hasChanged, let administrator, let postgres else { return }
            let mistakes = try administrator.mistakes(before: before)
            if !mistakes.isEmpty { throw StackError(.failed, mistakes.joined(separator: "; ")) }
            try administrator.reload(postgres)
            Console.say("  Postgres took the rules; postgres still logs in")
        case .nginx:
            if let mistake = try NginxHost.mistake() { throw StackError(.failed, mistake) }
            try NginxHost.reload(hasSystemd: hasSystemd)
            Console.say("  nginx took the files")
        }
    }

    /// Writes a file, whose owner and mode stay.
    private func write(_ change: FileChange) throws {
        let new = change.path + ".hookledger-setup"
        let status = try Files.status(change.path)
        try Files.write(new, text: change.after, mode: status?.mode ?? (change.hasSecrets ? 0o640 : 0o644))
        if status != nil {
            let owned = try ChildProcess.run(ChildCommand(["chown", "--reference", change.path, new]))
            guard owned.succeeded else { throw StackError(.failed, "chown \(new): \(owned.errorText)") }
        }
        try Files.rename(new, to: change.path)
    }
}
