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

    /// How to undo the steps of a stage, the last one first.
    private struct Undo {
        var steps: [() throws -> Void] = []
        var hasChanged: Bool { !steps.isEmpty }

        func all() throws { for step in steps.reversed() { try step() } }
    }

    /// Does a stage.
    ///
    /// - Returns: whether a person has to write something before the next stages can work.
    /// - Throws: `StackError` when a step or a check failed, after the files of the stage are as before.
    func perform(_ stage: SetupStage) throws -> Bool {
        Console.say("\n\(stage.title)")
        var undo = Undo()
        var isIncomplete = false
        do {
            let rules = stage.check == .postgres ? try administrator?.rules() ?? [] : []
            for step in stage.steps {
                if case .paste(let paste) = step {
                    Self.show(paste)
                    isIncomplete = isIncomplete || stage.check != .nginx
                }
                try perform(step, &undo)
            }
            try check(stage.check, undo.hasChanged, rules)
        } catch {
            try undo.all()
            if undo.hasChanged, stage.check == .postgres, let postgres { try administrator?.hangUp(postgres) }
            throw StackError(
                .failed, "\(stage.title): \(error)\(undo.hasChanged ? ". The files of this step are as they were." : "")")
        }
        return isIncomplete
    }

    /// Shows lines that a person must write.
    static func show(_ paste: Paste) {
        Console.say("  \(paste.path): \(paste.reason)")
        for line in paste.lines { Console.say("      \(line)") }
    }

    private func perform(_ step: SetupStep, _ undo: inout Undo) throws {
        switch step {
        case .paste: break
        case .run(let command): try run(command)
        case .change(let change):
            let isNew = change.before == nil
            if !isNew { try copy(change.path) }
            undo.steps.append {
                if isNew { try Files.remove(change.path) } else { try write(change.before ?? "", change) }
            }
            try write(change.after, change)
            Console.say("  wrote \(change.path)")
        case .link(let path, let target):
            undo.steps.append { try Files.remove(path) }
            try Files.link(path, to: target)
            Console.say("  linked \(path)")
        case .remove(let path):
            guard Files.exists(path) || Files.isLink(path) else { return }
            // What cannot be undone is only removed by a purge, and the last of all.
            if let target = Files.isLink(path) ? try? Files.realPath(path) : nil {
                undo.steps.append { try Files.link(path, to: target) }
            } else if try Files.status(path)?.isRegular == true {
                try copy(path)
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

    /// Keeps a file as it is, with its owner and mode.
    private func copy(_ path: String) throws {
        if !Files.exists(copies) {
            try Files.makeFolder(Files.parent(copies), mode: 0o700)
            try Files.makeFolder(copies, mode: 0o700)
        }
        let output = try ChildProcess.run(ChildCommand(["cp", "-p", "--parents", path, copies]))
        guard output.succeeded else { throw StackError(.failed, "cp \(path): \(output.errorText)") }
    }

    /// Writes a file, whose owner and mode stay.
    private func write(_ text: String, _ change: FileChange) throws {
        let new = change.path + ".hookledger-setup"
        let status = try Files.status(change.path)
        try Files.write(new, text: text, mode: status?.mode ?? (change.hasSecrets ? 0o640 : 0o644))
        if status != nil {
            let owned = try ChildProcess.run(ChildCommand(["chown", "--reference", change.path, new]))
            guard owned.succeeded else { throw StackError(.failed, "chown \(new): \(owned.errorText)") }
        }
        try Files.rename(new, to: change.path)
    }
}
