import HTTPReceiver

/// `hookledger.yaml` of the stand.
struct Configuration {
    /// The connection string of a role.
    let conninfo: (_ role: String) -> String
    let spool: String
    let erp: Receiver

    /// The rule whose job every event has.
    static let everyEvent = "every-event"
    /// The rule whose message goes out once for an order.
    static let once = "tell"

    var text: String {
        let roles = ["ingest", "api", "batch", "operator", "reader"].map {
            "\($0): \"\(conninfo("hookledger_" + $0))\""
        }
        return """
            environment: development
            database: { conninfo: "\(conninfo("postgres"))", roles: { \(roles.joined(separator: ", ")) } }
            spool: "\(spool)"
            address_guard: { allow_private_hosts: [127.0.0.1] }
            sources:
              tiktok-shop:
                providers: [tiktok_shop, tiktok_shop_guide]
                paths: [/webhook/tiktok]
                credentials: { app_key: { env: TIKTOK_APP_KEY } }
                secrets: [ { env: TIKTOK_APP_SECRET } ]
                on_store_failure: spool
              retrying:
                providers: [tiktok_shop_guide]
                paths: [/webhook/retrying]
                secrets: [ { env: CHAOS_SECRET } ]
            actions:
              erp: { kind: http, url: "\(erp.url)", backoff: 100ms }
              ops: { kind: slack, url: { env: CHAOS_SLACK_URL }, text: "order {order.id}" }
            rules:
              - name: \(Self.everyEvent)
                do: [erp]
              - name: \(Self.once)
                when: { type: order.created, order.total_amount: { eq: 1.00 } }
                do: [ops]
            """
    }
}
