import JSON
import Ledger
import LocalStack
import Platform
import Postgres

/// What one program answers to a reload.
struct ReloadAnswer {
    private enum State {
        case waits
        case used(Int?)
        case refused(String)
        case ended
        case unreachable
    }

    private static let advice = "not signalled: run this as root, or restart it"

    let process: ProgramProcess
    private var program = "-"
    private var state: State

    /// Lets a program read its configuration again.
    init(reloading process: ProgramProcess) {
        self.process = process
        state = process.reload() ? .waits : process.isAlive ? .unreachable : .ended
    }

    /// The errors of the configuration, if the program refused it.
    var refusal: String? { if case .refused(let text) = state { text } else { nil } }

    /// Whether it uses the configuration, or has ended meanwhile.
    var isGood: Bool {
        switch state {
        case .used, .ended: true
        case .waits, .refused, .unreachable: false
        }
    }

    /// For the table.
    var row: JSONObject {
        var row = JSONObject()
        row["program"] = .string(program)
        row["pid"] = .number(JSONNumber(Int64(process.pid)))
        let outcome =
            switch state {
            case .waits: "no answer"
            case .used: "used"
            case .refused: "refused"
            case .ended: "ended"
            case .unreachable: Self.advice
            }
        row["outcome"] = .string(outcome)
        if case .used(let revision?) = state { row["revision"] = .number(JSONNumber(Int64(revision))) }
        if let refusal { row["errors"] = .array(refusal.lines().map { .string(String($0)) }) }
        return row
    }

    /// Lets programs read their configuration again, and waits until each has answered.
    /// - Parameter seconds: how long at most.
    static func all(
        _ programs: [ProgramProcess], seconds: Int, on connection: Connection
    ) throws(PostgresError) -> [ReloadAnswer] {
        let begin = try ConfigurationInUse.clock(on: connection)
        var answers = programs.map { ReloadAnswer(reloading: $0) }
        for _ in 0..<seconds * 10 {
            let uses = try ConfigurationInUse.all(on: connection).filter { $0.host == HostName.own }
            for index in answers.indices { answers[index].hear(uses, since: begin) }
            if !answers.contains(where: \.isWaiting) { break }
            SystemClock.sleep(milliseconds: 100)
        }
        return answers
    }

    private var isWaiting: Bool { if case .waits = state { true } else { false } }

    private mutating func hear(_ uses: [ConfigurationInUse], since begin: Double) {
        guard let use = uses.first(where: { $0.pid == process.pid }) else {
            if isWaiting, !process.isAlive { state = .ended }
            return
        }
        program = use.program
        guard isWaiting, use.handledAt > begin else { return }
        state = use.refusal.map { .refused($0) } ?? .used(use.revision)
    }
}
