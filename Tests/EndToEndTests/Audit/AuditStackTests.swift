import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// nginx, responder, Postgres and `hookledger audit` together: what was answered is what is stored.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct AuditStackTests: StackUser {
    let stack: LocalStack
    private let shop: Shop

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
    }

    private func audit(_ arguments: String...) throws -> (JSONValue, Platform.ExitStatus) {
        // The line is written when the answer was sent.
        SystemClock.sleep(milliseconds: 200)
        let output = try tool.run(["audit", "--settle", "0s", "--json"] + arguments)
        return (try JSONValue(parsing: Array(output.text.utf8)), output.status)
    }

    @Test func theLogAndTheLedgerAgree() throws {
        let delivery = ShopDelivery.guide("audited", "AWAITING_SHIPMENT", at: Shop.now, amount: "7.77")
        let answer = try shop.send(delivery)
        #expect(answer.status == 200 && answer.header("x-hookledger-ledger") == nil)
        #expect(try shop.send(delivery).status == 200)
        #expect(try shop.post("{}", []).status == 401)
        // Neither is a delivery.
        #expect(try curl.get(stack.state.url + "/health").status == 200)
        let (found, status) = try audit()
        #expect(status == .exited(0), "\(found)")
        #expect(found["answered"]?.text == "2" && found["events"]?.text == "1", "\(found)")
        #expect(found["duplicates"]?.text == "1" && found["refused"]?.text == "1" && found["missing"]?.text == "0")
        #expect(found["unlogged"]?.text == "0" && found["unreadable"]?.text == "0" && found["link"]?.string != nil)

        // The row goes, and the audit names the request.
        let request = try #require(answer.header("x-request-id"))
        _ = try Psql(conninfo: stack.state.database).lines(
            "delete from hookledger.events where request_id = '\(request)'")
        let (missing, failed) = try audit()
        #expect(failed == .exited(1) && missing["missing"]?.text == "2", "\(missing)")
        #expect(missing["missing_ids"]?.array?.contains(.string(request)) == true)
        let alerts = try tool.run(["audit", "verify"])
        #expect(alerts.succeeded, "\(alerts.text) \(alerts.errorText)")
    }
}
