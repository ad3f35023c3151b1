import Outbound
import Transport

/// Fetches the URL of its first argument from localhost and prints the status: for tests that need a separate process
/// with its own environment.
@main
struct FetchOnce {
    static func main() throws {
        let client = try HTTPClient(HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["localhost"])))
        print(try client.perform(HTTPRequest(method: "GET", url: CommandLine.arguments[1])).status)
    }
}
