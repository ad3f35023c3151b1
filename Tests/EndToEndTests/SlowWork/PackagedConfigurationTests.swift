import LoadClient
import LocalStack
import Platform
import StackSuite
import StandIns
import Testing

/// packaging/hookledger.yaml, followed by somebody who has a TikTok shop and prints at Printify.
@Suite(.place) struct PackagedConfigurationTests {
    /// The shipped file with the rules uncommented that it says to uncomment, and its destinations moved to stand-ins.
    private static func configuration(
        _ standIns: StandIns, _ mail: MailServerProcess, here: String = #filePath
    ) throws -> String {
        let root = here.split(separator: "/").dropLast(4).joined(separator: "/")
        var text = try Files.readText("/\(root)/packaging/hookledger.yaml")
        for (old, new) in [
            ("environment: production", "environment: development"),
            ("https://api.printify.com", standIns.url + "/printify"),
            ("https://open-api.tiktokglobalshop.com", standIns.url + "/tiktok"),
            ("https://warehouse.example.com/hooks/orders", standIns.url + "/receiver/x"),
            ("\n  allow_private_hosts: []", "\n  allow_private_hosts: [127.0.0.1]"),
            ("    host: smtp.example.com\n    port: 587\n", "    host: 127.0.0.1\n    port: \(mail.port)\n"),
            ("    tls: starttls\n    user: shop\n    password: { env: SMTP_PASSWORD }\n", "    tls: none\n"),
            ("/etc/hookledger/keys/", "keys/"),
            // Its own section of where the database is comes from the stack.
            ("\ndatabase:\n", "\n# database:\n"), ("\n  conninfo:", "\n  # conninfo:"), ("\n  roles:", "\n  # roles:"),
            ("\n    ingest:", "\n    # ingest:"), ("\n    api:", "\n    # api:"), ("\n    batch:", "\n    # batch:"),
            // A private stack has a stand-in of its own under that name.
            ("SLACK_WEBHOOK_URL", "SLACK_URL"), ("spool: /var/lib/hookledger/spool", "spool: spool"),
            ("generation_file: /var/lib/hookledger/batch/generation", "generation_file: generation"),
        ] {
            #expect(text.contains(old), "\(old)")
            text = text.replacing(old, with: new)
        }
        let uncommented = ["fetch", "print", "stock", "confirm"]
        var isOn = false
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard line.hasPrefix("  # ") || line.hasPrefix("  #   ") else {
                isOn = false
                return String(line)
            }
            if line.hasPrefix("  # - name: ") {
                isOn = uncommented.contains(String(line.dropFirst("  # - name: ".count)))
            }
            return isOn ? "  " + line.dropFirst("  # ".count) : String(line)
        }
        for name in uncommented { #expect(lines.contains("  - name: \(name)")) }
        return lines.joined(separator: "\n")
    }

    private static let variables = """
        TIKTOK_APP_KEY=29a39d
        TIKTOK_APP_SECRET=e59af819cc
        TIKTOK_ACCESS_TOKEN=test-token
        PRINTIFY_TOKEN=test-token
        WAREHOUSE_AUTHORIZATION=x

        """

    @Test func aTikTokOrderIsFetchedPrintedOnceTakenOffTheStockAndConfirmedToItsBuyer() async throws {
        let standIns = try StandIns()
        let mail = try MailServerProcess(tls: "none")
        let configuration = try Self.configuration(standIns, mail)
        try await StackSuite.run(
            variables: Self.variables + "SLACK_URL=\(standIns.url)/slack/x\n",
            prepare: { folder in
                let secret = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="
                try Files.makeFolder(folder + "/secrets")
                try Files.write(folder + "/secrets/warehouse", text: secret, mode: 0o640)
            },
            configuration: { _ in configuration }
        ) { stack in
            let shop = try Shop(stack)
            let books = StackBooks(stack)
            let order = "576486316948490001"
            let now = Shop.now
            for (status, time) in [("UNPAID", now - 20), ("AWAITING_SHIPMENT", now - 10), ("AWAITING_SHIPMENT", now)] {
                #expect(try shop.send(.partnerCenter(order, status, at: time)).status == 200)
            }
            #expect(
                try await books.eventually(
                    "select count(*) from effects where kind = 'printify' and state = 'done'", are: ["1"]))
            #expect(try standIns.effects("printify") == ["tiktok-shop-\(order)": 1])
            #expect(
                try await books.eventually(
                    "select sku, delta from inventory_movements join inventory i on i.id = inventory_id",
                    are: ["TSHIRT-M-BLUE|-1"]))
            // Three deliveries and what was fetched are one message.
            #expect(
                try await books.eventually(
                    "select count(*) from jobs where action in ('ops', 'print', 'details', 'stock', 'confirm')",
                    are: ["0"]))
            let told = try standIns.effects("slack")
            #expect(told == ["Order \(order) is AWAITING_SHIPMENT": 1])
            // The address is known from the details alone. What tells the customer of the status finds it or does not.
            let fates = try books.lines("select action, outcome, reason from job_log where action = 'confirm'")
            let mails = try mail.mails()
            #expect(mails.allSatisfy { $0.to == ["buyer@example.com"] }, "\(mails)")
            let subjects = mails.map { $0.header("Subject") }
            #expect(subjects.count { $0 == "Your order \(order)" } == 1, "\(fates) \(mails)")
            #expect(subjects.count { $0 == "Your order \(order): AWAITING_SHIPMENT" } <= 1, "\(mails)")
            #expect(subjects.count <= 2, "\(mails)")
        }
    }
}
