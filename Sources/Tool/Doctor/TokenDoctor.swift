import Actions
import Ledger
import Postgres
import Settings

/// The stored tokens of the providers' APIs.
struct TokenDoctor {
    let settings: Settings

    func findings(_ connection: Connection) throws(PostgresError) -> [Finding] {
        var findings: [Finding] = []
        for row in try connection.query(DoctorSQL.tokens) {
            let (source, state) = (try row.text("source"), try row.text("state"))
            let kind = try row.optionalText("kind").map { " " + $0 } ?? ""
            let action = try row.optionalText("action")
            let check = "token \(source)" + (action.map { "/\($0)" } ?? "")
            let text = "\(state)" + (try row.optionalText("reason").map { ": \($0)" } ?? "") + held(try row.int("held"))
            let advice =
                switch state {
                case "valid": nil as String?
                case "unreadable": "hookledger keys create names the key file; compare it with the other hosts"
                case "refused" where action == nil, "expired" where action == nil:
                    "the batch processor refreshes it: does it run, and does the provider answer?"
                default:
                    action.map { "hookledger credentials store \(source) \($0)" }
                        ?? "hookledger authorize\(kind) \(source)"
                }
            let until = try row.optionalText("ends")
            if state == "valid" {
                let deed = action == nil ? "authorize again" : "store another one"
                let ends = until.map { "; a person must \(deed) before \($0)" } ?? ""
                findings.append(
                    Finding(check, try row.bool("ends_soon") ? .warning : .ok, text + ends))
            } else {
                findings.append(Finding(check, .failed, text, advice: advice))
            }
        }
        return findings + (try unnoted(connection))
    }

    /// What no batch processor has said yet.
    private func unnoted(_ connection: Connection) throws(PostgresError) -> [Finding] {
        try TokenStore.unnoted(TokenUse.expected(settings), on: connection).map { token in
            let place = token.source + (token.action.map { "/\($0)" } ?? "")
            let kind = token.kind.replacing("_", with: "-")
            return Finding(
                "token \(place)", .failed, "missing",
                advice: token.action.map { "hookledger credentials store \(token.source) \($0)" }
                    ?? "hookledger authorize \(kind) \(token.source)")
        }
    }

    private func held(_ count: Int) -> String { count == 0 ? "" : "; \(Plural.text(count, "job")) held" }
}
