import Logging

extension LoggedEvent {
    /// docs/log-events.md
    public static var page: String {
        let rows = allCases.map { event in
            let facts = event.facts
            let levels = facts.levels.map(\.rawValue).joined(separator: ", ")
            let fields = facts.fields.map { "`\($0)`" }.joined(separator: " ")
            return "| \(event.rawValue) | \(levels) | \(fields) | \(facts.meaning) |\n"
        }
        return """
            # Log events

            The responder and the batch processor write one line of JSON for each event: `time`, `level`, `message`, then the
            fields by name. `request_id` joins them with nginx's access log. A field that has no value is left out. Two kinds of
            lines have a text of their own: a mistake in the configuration, and a notice of the FastCGI server. "Responder ended"
            is critical and has `error` if it ended with an error.

            | message | level | fields | meaning |
            |---|---|---|---|

            """ + rows.joined()
    }
}
