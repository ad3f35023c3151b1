import Jobs
import Platform
import Postgres
import Settings
import Webhooks

/// Writes a line into a file: shows what rules do where there is nothing to call yet, such as in a demonstration.
///
/// A line begins with its job's id, so that an attempt after a crash finds what the one before it wrote: each job has one
/// line.
struct Note: ConfiguredAction {
    static let kind = ActionKind(
        "note",
        [
            .init("file", .text, required: true, "The file."),
            .init("text", .text, standard: defaultText, "The line, a template."),
        ])
    let name: String
    let retryPolicy: RetryPolicy
    private let file: String
    private let text: Template

    static let defaultText = "{type} {subject}"

    /// - Returns: nil without a file.
    init?(_ settings: ActionSettings, in all: Settings) {
        guard let file = settings.text("file") else { return nil }
        name = settings.name
        retryPolicy = settings.retry
        self.file = file
        text = Template(settings.text("text") ?? Self.defaultText)
    }

    var needsBody: Bool { text.needsBody }
    var needsFields: Bool { text.needsFields }

    func begin(_ subject: JobSubject, now: Timestamp) -> Step {
        let words = text.text(for: subject, missing: "-", escape: { $0 })
        let line = "\(subject.job.id) " + String(words.map { $0.isNewline ? " " : $0 })
        return .commit { job, connection throws(PostgresError) in
            // One writer at a time, of all runs.
            _ = try connection.query(
                ActionsSQL.lockAction, [.text(job.action)])
            do throws(FileError) {
                let lines = Files.exists(file) ? try Files.readText(file) : ""
                guard !lines.lines().contains(where: { $0 == line }) else { return .done(answer: "written before") }
                try Files.write(file, text: lines + line + "\n", mode: 0o640)
            } catch {
                return .retry(counted: true, reason: "\(error)")
            }
            return .done(answer: line)
        }
    }
}
