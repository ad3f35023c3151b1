import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

extension Attacks {
    private static let length = 1 << 20

    private static let bodies: [(path: String, header: String, type: String, unit: String)] = [
        ("/webhook/twilio", "X-Twilio-Signature", "application/x-www-form-urlencoded", "aaaa=1&"),
        ("/webhook/twilio", "X-Twilio-Signature", "application/x-www-form-urlencoded", "&"),
        ("/webhook/adyen", "X-None", "application/json", "[0,"),
        ("/webhook/github", "X-Hub-Signature-256", "application/json", "{\"a\":"),
        ("/webhook/by-field", "X-None", "application/json", "[0,"),
    ]

    /// With the release programs 64; what is built for debugging takes many times as long for each.
    private static let atOnce = Environment.value(of: "HOOKLEDGER_PROGRAMS") == nil ? 12 : 64

    /// Forged bodies at the limit at once, of every kind, while an honest sender delivers.
    @Test func forgedBodiesAtTheLimitHoldNobodyUp() async throws {
        try await attack(5, "\(Self.atOnce) forged bodies of 1 MiB at once, and an honest sender") { count in
            for (number, body) in Self.bodies.enumerated() {
                let file = stack.folder.path + "/hostile-\(number)"
                let repeated = String(repeating: body.unit, count: Self.length / body.unit.utf8.count)
                try Files.write(file, text: repeated, durable: false)
                let answers = stack.folder.path + "/answers-\(number)"
                let code = #"%{http_code}\n"#
                let script = """
                    seq \(Self.atOnce) | xargs -P \(Self.atOnce) -I{} curl -sS -o /dev/null -w '\(code)' --noproxy '*' --max-time 60 \
                    --cacert '\(stack.folder.certificate)' -H 'Expect:' -H 'Content-Type: \(body.type)' \
                    -H '\(body.header): sha256=\(String(repeating: "0", count: 64))' --data-binary '@\(file)' \
                    '\(stack.state.url + body.path)' > '\(answers)'
                    """
                let flood = try ChildProcess.spawn(ChildCommand(["/bin/sh", "-c", script]))
                while flood.isRunning {
                    let order = ShopDelivery.guide("honest-\(number)-\(count.tried)", "UNPAID", at: Shop.now)
                    let status = try shop.send(order).status
                    count.expect(status == 200, "an honest delivery was answered \(status) beside \(body.unit)")
                    try await Task.sleep(for: .milliseconds(50))
                }
                let statuses = Set(try Files.readText(answers).split(separator: "\n"))
                count.expect(
                    statuses.isSubset(of: ["400", "401", "429"]), "\(body.path) answered \(statuses.sorted())")
                try Files.remove(file)
            }
            let pid = try #require(try TestStack.processes(stack.folder)["ingest"])
            let peak = try Self.peakMemory(of: pid)
            StandardError.write("attack: the responder took \(peak / 1024) MiB at its peak")
            count.expect(peak < 64 << 10, "the responder took \(peak) KiB")
        }
    }

    /// VmHWM in KiB (proc(5)).
    static func peakMemory(of pid: Int32) throws -> Int { try memory(of: pid, "VmHWM:") }

    static func memory(of pid: Int32, _ name: String) throws -> Int {
        let line = try Files.readText("/proc/\(pid)/status").split(separator: "\n").first { $0.hasPrefix(name) }
        return try #require(line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
    }
}
