public import History

/// `hookledger.yaml` of a stand: a source that spools, one that answers 503, a job of every event, and one message for some orders.
public struct StandConfiguration {
    private let conninfo: (_ role: String) -> String
    private let spool: String
    private let destinations: Destinations
    private let further: [String]
    private let cells: [(name: String, conninfo: String)]

    /// - Parameters:
    ///   - conninfo: the connection string of a role.
    ///   - spool: the folder of the spool.
    ///   - further: further sources that answer 503, at `Sender.Path.further`.
    ///   - cells: where the database is a router: its cells.
    public init(
        conninfo: @escaping (_ role: String) -> String, spool: String, destinations: Destinations,
        further: [String] = [],
        cells: [(name: String, conninfo: String)] = []
    ) {
        (self.conninfo, self.spool, self.destinations, self.further, self.cells) = (
            conninfo, spool, destinations, further, cells
        )
    }

    /// The rule whose job every event has.
    static let everyEvent = "every-event"
    /// The rule whose message goes out once for an order.
    static let once = "tell"
    /// The environment variable with the secret of the source that answers 503.
    static let retryingSecret = "RETRYING_SECRET"

    /// What each delivery leads to.
    public static var plan: History.Plan {
        var plan = History.Plan()
        plan.everyEvent = [everyEvent]
        plan.once = [once]
        return plan
    }

    /// The file. Its secrets are ``StandSecrets``.
    public var text: String {
        let roles = ["ingest", "api", "batch", "operator", "reader"].map {
            "\($0): \"\(conninfo("hookledger_" + $0))\""
        }
        let sources = further.map {
            """
              \($0):
                providers: [tiktok_shop_guide]
                paths: [\(Sender.Path.further($0).rawValue)]
                secrets: [ { env: \(Self.retryingSecret) } ]

            """
        }
        let members = cells.map { "\($0.name): \"\($0.conninfo)\"" }.joined(separator: ", ")
        let cells = cells.isEmpty ? "" : ", cells: { \(members) }"
        return """
            environment: development
            database: { conninfo: "\(conninfo("postgres"))", roles: { \(roles.joined(separator: ", ")) }\(cells) }
            spool: "\(spool)"
            address_guard: { allow_private_hosts: [\(destinations.host)] }
            sources:
              tiktok-shop:
                providers: [tiktok_shop, tiktok_shop_guide]
                paths: [\(Sender.Path.spooling.rawValue)]
                credentials: { app_key: { env: TIKTOK_APP_KEY } }
                secrets: [ { env: TIKTOK_APP_SECRET } ]
                on_store_failure: spool
              retrying:
                providers: [tiktok_shop_guide]
                paths: [\(Sender.Path.retrying.rawValue)]
                secrets: [ { env: \(Self.retryingSecret) } ]
            \(sources.joined())
            actions:
              erp: { kind: http, url: "\(destinations.erpURL)", backoff: 100ms }
              ops: { kind: slack, url: { env: SLACK_OF_THE_STAND }, text: "order {order.id}" }
            rules:
              - name: \(Self.everyEvent)
                do: [erp]
              - name: \(Self.once)
                when: { type: order.created, order.total_amount: { eq: 1.00 } }
                do: [ops]
            """
    }
}
