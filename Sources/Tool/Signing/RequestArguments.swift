import ArgumentParser
import Verification
import Webhooks

/// A request, as options describe it.
struct RequestArguments: ParsableArguments {
    @OptionGroup var headers: HeaderArguments

    @Option(help: "The URL of the delivery, for schemes that sign it.")
    var url = "https://localhost/"

    @Option(help: "The request method.")
    var method = "POST"

    @Option(help: "The file that holds the raw body; - for standard input.")
    var body: String

    @Option(help: ArgumentHelp("The time of receipt or signing (default: now).", valueName: "unix seconds"))
    var at: Int64?

    /// The request.
    /// - Parameter now: the present, the default of `--at`.
    /// - Throws: `UsageError`.
    func delivery(now: Timestamp) throws -> Delivery {
        guard let mark = url.firstRange(of: "://"), mark.lowerBound != url.startIndex else {
            throw UsageError("--url takes a full URL, such as https://shop.example/webhook")
        }
        let rest = url[mark.upperBound...]
        let host = rest.prefix { !"/?#".contains($0) }
        let target = rest.dropFirst(host.count)
        let path = target.prefix { $0 != "?" }
        return Delivery(
            requestID: "command-line", receivedAt: try moment(now: now), method: method.uppercased(),
            scheme: String(url[..<mark.lowerBound]), host: String(host), path: String(path),
            query: String(target.dropFirst(path.count).dropFirst()), headers: try headers.fields(),
            body: try InputFile.read(body))
    }

    /// The moment that `--at` names, or now.
    func moment(now: Timestamp) throws(UsageError) -> Timestamp {
        guard let at else { return now }
        guard let moment = Timestamp(seconds: at) else { throw UsageError("--at must be in the years 1 to 9999") }
        return moment
    }
}
