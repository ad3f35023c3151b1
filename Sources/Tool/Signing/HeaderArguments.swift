import ArgumentParser
import Webhooks

/// The headers of a request, as options describe them.
struct HeaderArguments: ParsableArguments {
    @Option(
        name: [.customLong("header"), .customShort("H")],
        help: ArgumentHelp("A header of the request. May be repeated.", valueName: "name: value"))
    var headers: [String] = []

    /// The headers.
    /// - Throws: `UsageError` for a malformed one.
    func fields() throws(UsageError) -> HeaderFields {
        var fields = HeaderFields()
        for header in headers {
            guard let colon = header.firstIndex(of: ":"), colon != header.startIndex else {
                throw UsageError("--header takes 'Name: value'")
            }
            let value = header[header.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields.append(name: String(header[..<colon]), value: String(value))
        }
        return fields
    }
}
