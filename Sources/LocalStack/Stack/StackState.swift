internal import JSON
internal import Platform

/// The addresses of a running stack.
public struct StackState: Sendable, Hashable {
    /// `https://localhost:8443`.
    public let url: String
    /// `http://127.0.0.1:8080`.
    public let plainURL: String
    /// Where the stand-in for Slack takes messages.
    public let slackURL: String
    /// libpq conninfo of the cluster's superuser.
    public let database: String
    /// libpq conninfo of the role that sees views only.
    public let reader: String
    /// The folder of the FastCGI sockets, removed when the stack stops: `ingest.sock`, `api.sock`.
    public let sockets: String
    /// The process that supervises the stack.
    public let supervisor: ProcessIdentity

    var text: String {
        let value: JSONValue = [
            "url": .string(url), "plain_url": .string(plainURL), "slack_url": .string(slackURL),
            "database": .string(database), "reader": .string(reader), "sockets": .string(sockets),
            "supervisor": .string(supervisor.text),
        ]
        return value.text + "\n"
    }
}

extension StackState {
    /// The state that a folder's stack wrote after its start; nil if it is missing or unreadable.
    init?(in folder: StackFolder) {
        guard let bytes = try? Files.read(folder.state, limit: 1 << 16), let value = try? JSONValue(parsing: bytes),
            let url = value["url"]?.string, let plain = value["plain_url"]?.string,
            let slack = value["slack_url"]?.string, let database = value["database"]?.string,
            let reader = value["reader"]?.string, let sockets = value["sockets"]?.string,
            let supervisor = value["supervisor"]?.string.flatMap({ ProcessIdentity(text: $0) })
        else { return nil }
        self.init(
            url: url, plainURL: plain, slackURL: slack, database: database, reader: reader, sockets: sockets,
            supervisor: supervisor)
    }
}
