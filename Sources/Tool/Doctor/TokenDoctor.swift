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
            let text = "\(state)" + (try row.optionalText("reason").map { ": \($0)" } ?? "") + held(try row.int("held"))
            let advice =
                switch state {
                case "valid": nil as String?
                case "unreadable": "hookledger keys create names the key file; compare it with the other hosts"
                case "refused", "expired":
                    "the batch processor refreshes it: does it run, and does the provider answer?"
                default: "hookledger authorize\(kind) \(source)"
                }
            let until = try row.optionalText("ends")
            if state == "valid" {
                let ends = until.map { "; a person must authorize again before \($0)" } ?? ""
                findings.append(
                    Finding("token \(source)", try row.bool("ends_soon") ? .warning : .ok, text + ends))
            } else {
                findings.append(Finding("token \(source)", .failed, text, advice: advice))
            }
        }
        return findings
    }

    private func held(_ count: Int) -> String { count == 0 ? "" : "; \(Plural.text(count, "job")) held" }
}
