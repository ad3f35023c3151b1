import JSON

/// One finding of `hookledger doctor`.
struct Finding {
    /// How bad it is.
    enum Grade: String {
        /// All is well.
        case ok
        /// It could not be checked.
        case skipped
        /// It works, but not for long, or not as well as it should.
        case warning
        /// Something does not work.
        case failed
    }

    /// The check, such as `postgres`.
    let check: String
    let grade: Grade
    /// The result.
    let message: String
    /// The advice.
    let advice: String?

    init(_ check: String, _ grade: Grade, _ message: String, advice: String? = nil) {
        self.check = check
        self.grade = grade
        self.message = message
        self.advice = advice
    }

    /// A finding of another process, from ``object``; nil when it is none.
    init?(_ object: JSONValue) {
        guard let check = object["check"]?.string, let grade = object["grade"]?.string.flatMap(Grade.init(rawValue:)),
            let message = object["message"]?.string
        else { return nil }
        self.init(check, grade, message, advice: object["advice"]?.string)
    }

    var object: JSONValue {
        [
            "check": .string(check), "grade": .string(grade.rawValue), "message": .string(message),
            "advice": advice.map(JSONValue.string) ?? .null,
        ]
    }

    var text: String {
        let mark =
            switch grade {
            case .ok: Console.coloured("ok     ", .green)
            case .skipped: Console.coloured("skipped", .grey)
            case .warning: Console.coloured("warning", .yellow)
            case .failed: Console.coloured("FAILED ", .red)
            }
        return "\(mark)  \(check): \(message)" + (advice.map { "\n         → \($0)" } ?? "")
    }
}
