internal import CPostgres

/// The fields of an error or notice (protocol-error-fields in the PostgreSQL manual; `PG_DIAG_*` in libpq).
enum ErrorField: UInt8 {
    case severity = 86  // V, never localized
    case state = 67  // C
    case message = 77  // M
    case detail = 68  // D
    case hint = 72  // H
    case context = 87  // W
    case schema = 115  // s
    case table = 116  // t
    case column = 99  // c
    case constraint = 110  // n

    /// The field's text, copied; nil when the server did not send it.
    func text(_ result: OpaquePointer) -> String? {
        PQresultErrorField(result, Int32(rawValue)).map { String(cString: $0) }
    }
}

extension PostgresError {
    /// Reads the error that a result carries.
    init(result: OpaquePointer) {
        let state = ErrorField.state.text(result).map(SQLState.init(rawValue:))
        let whole = PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
        self.init(
            state: state,
            message: ErrorField.message.text(result) ?? LogText.oneLine(whole),
            detail: ErrorField.detail.text(result), hint: ErrorField.hint.text(result),
            context: ErrorField.context.text(result), schema: ErrorField.schema.text(result),
            table: ErrorField.table.text(result), column: ErrorField.column.text(result),
            constraint: ErrorField.constraint.text(result))
    }

    /// libpq's message about a lost connection: always `connectionLost`.
    init(lost handle: OpaquePointer) {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        self.init(message: text.isEmpty ? "connection lost" : LogText.oneLine(text), connectionLost: true)
    }

    static var closed: PostgresError { PostgresError(message: "the connection is closed", connectionLost: true) }
}

extension LogText {
    /// libpq's messages end in a line feed and may hold several lines.
    static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == "\t" } }.joined(separator: "; ")
    }
}
