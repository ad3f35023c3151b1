import LocalStack
import Platform
import StackSuite
import Testing

/// A portal that takes only a host: its deliveries and its pings go to the path `/`.
@Suite(
    .serialized,
    .stack { options in
        try TestStack.useRealPrograms(
            &options,
            configuration: """
                sources:
                  portal: { providers: woocommerce, secrets: { env: TIKTOK_APP_SECRET }, paths: [/] }
                """)
        options.programs.batch = nil
    })
struct BareHostTests: StackUser {
    let stack: LocalStack

    init() throws { stack = try TestStack.ofSuite() }

    @Test func aDeliveryToTheRootIsTaken() throws {
        let sent = try StackTool(stack).run(["send", "portal", "--type", "order.created"])
        #expect(sent.succeeded, "\(sent.text) \(sent.errorText)")
        let stored = "select source, path, type from events"
        #expect(try books.lines(stored) == ["portal|/|order.created"])
        let forged = try Curl(stack).get(
            stack.state.url + "/",
            ["-H", "X-WC-Webhook-Topic: order.created", "-H", "X-WC-Webhook-Signature: AAAA", "--data-raw", "{}"])
        #expect(forged.status == 401)
        #expect(try books.lines(stored).count == 1)
    }

    /// Anybody can send pings: of each minute and source 60 have a row, and no ping is left uncounted.
    @Test func pingsBeyondSixtyAMinuteAreCountedOnly() async throws {
        let pings = 130
        let sent = try Curl(stack).get(
            stack.state.url + "/?ping=[1-\(pings)]", ["--data-raw", "webhook_id=1"])
        #expect(sent.status == 200)
        #expect(
            try await books.eventually("select count(*) + sum(unrecorded) from handshake_list", are: ["\(pings)"]))
        // Whenever the minute ended, one of its two sides had more than it may have rows.
        #expect(try books.count("select count(*) from handshake_list") < pings)
        // A count is written every two seconds.
        #expect(
            try books.lines(
                """
                select date_trunc('minute', received_at) from handshake_list group by 1
                having count(*) > 60 + 31 or count(*) filter (where unrecorded = 0) > 60 + 31
                """) == [])
        #expect(try books.count("select count(*) from events where type <> 'order.created'") == 0)
    }
}
