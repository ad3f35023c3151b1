import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// A flood of forgeries that look like the source's own costs the responder a bounded time, whether they are kept or not.
@Suite(.serialized, .place) struct QuarantineCostTests {
    private static let rounds = 3
    private static let forgeries = 1500

    /// The processor time of the responder of a stack so far, in ticks.
    private func ticks(_ stack: LocalStack) throws -> Int {
        let pid = try #require(try TestStack.processes(stack.folder)["ingest"])
        // proc(5): utime and stime are the 14th and 15th field; the second one is in parentheses.
        let fields = try Files.readText("/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        return try [11, 12].reduce(0) { $0 + (try #require(Int(fields[$1]))) }
    }

    private func stack(_ keep: String, _ body: (LocalStack) async throws -> Void) async throws {
        try await StackSuite.run(
            configuration: { _ in
                """
                quarantine: { keep: \(keep) }
                log: { level: error }
                sources:
                  tiktok-shop: { providers: [tiktok_shop_guide], secrets: { env: TIKTOK_APP_SECRET } }
                """
            }, body)
    }

    @Test func aFloodCostsLittleMore() async throws {
        try await stack("0") { without in
            try await stack("3d") { with in
                var used = [0, 0]
                for round in 0..<Self.rounds {
                    for (place, stack) in [without, with].enumerated() {
                        let client = LoadClient(
                            url: stack.state.url + "/webhook/tiktok", certificate: stack.folder.certificate,
                            credentials: .init(key: "k", secret: "not-the-secret"))
                        let before = try ticks(stack)
                        let forged = (0..<Self.forgeries).map {
                            ShopDelivery.guide("f\(round)-\($0)", "UNPAID", at: Shop.now, amount: "1.00")
                        }
                        _ = try await onThread { try client.send(forged) }
                        // What waited has been written.
                        SystemClock.sleep(milliseconds: 1500)
                        used[place] += try ticks(stack) - before
                    }
                }
                let kept = try StackBooks(with).count("select count(*) from quarantine")
                let ratio = Double(used[1]) / Double(max(1, used[0]))
                print(
                    "quarantine: \(used) ticks for \(Self.rounds * Self.forgeries) forgeries each, ratio \(ratio), \(kept) kept"
                )
                #expect(kept > 0 && kept <= 1000)
                #expect(ratio < 2)
            }
        }
    }
}
