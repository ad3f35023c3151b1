import HTTPReceiver
import LoadClient
import LocalStack
import Patience
import Platform
import StackSuite
import StandIns
import Testing

/// `hookledger listen --server` against the REST API of a real stack.
@Suite(
    .serialized,
    .stack {
        try TestStack.useRealPrograms(&$0)
        $0.apiRate = RateLimit(requests: 1_000_000, window: .milliseconds(60_000))
    }) struct RemoteListenTests
{
    private let stack: LocalStack
    private let tool: StackTool

    init() throws {
        stack = try TestStack.ofSuite()
        tool = StackTool(stack)
    }

    /// Starts `hookledger listen` with a token of that name; cursor and output are files of the folder.
    private func listen(_ name: String, _ url: String, every: String, _ folder: String) throws -> ChildProcess {
        let token = try tool.run(["token", "create", name, "--scope", "read"])
        try #require(token.succeeded, "\(token.errorText)")
        let arguments = [
            "listen", "--server", stack.state.url, "--token-env", "TOKEN", "--forward-to", url, "--secret-env",
            "tiktok-shop=LOCAL", "--cursor", folder + "/cursor", "--every", every, "--json",
        ]
        var command = try tool.command(arguments, with: "TOKEN=\(token.text) LOCAL=local")
        command.output = .file(folder + "/out")
        return try ChildProcess.spawn(command)
    }

    @Test func liveEventsArriveByTheAPI() throws {
        try TestStack.inFolder { folder in
            let receiver = try Receiver { number, _ in number == 3 ? .silence : .answer(204) }
            let listening = try listen("listener", receiver.url, every: "100", folder)
            defer { _ = listening.terminate() }
            try #require(eventually { Files.exists(folder + "/cursor") })
            for _ in 0..<5 {
                let sent = try tool.run(["send", "tiktok-shop", "--type", "order_created"])
                try #require(sent.succeeded, "\(sent.errorText)")
            }
            let arrived = try eventually {
                try Files.readText(folder + "/out").split(separator: "\n").count { $0.contains(#""delivered""#) } == 5
            }
            let shown = try Files.readText(folder + "/out")
            #expect(arrived, "\(shown)")
            // The one that was not answered came twice.
            #expect(receiver.taken.count == 6 && Set(receiver.taken).count == 5)
            #expect(listening.terminate() == .exited(0))
        }
    }

    /// An answer of the API has the body in two forms, and so is several times as long.
    @Test func aLongEventArrivesByTheAPI() throws {
        try TestStack.inFolder { folder in
            let receiver = try Receiver { _, _ in .answer(204) }
            let listening = try listen("long", receiver.url, every: "100", folder)
            defer { _ = listening.terminate() }
            try #require(eventually { Files.exists(folder + "/cursor") })
            var body = ShopDelivery.guide("listen-long", "UNPAID", at: Shop.now).body
            body.removeLast()
            body += #","note":"\#(String(repeating: "long ", count: 20_000))"}"#
            let answer = try Shop(stack).send(ShopDelivery(.guide, body: body))
            #expect(answer.status == 200)
            #expect(eventually { receiver.taken.count == 1 })
            #expect(listening.terminate() == .exited(0))
        }
    }

    /// Signed webhooks come in over TLS, from 16 senders at once, while the developer's server is killed twice.
    @Test func aThousandLiveEventsArriveAlthoughTheServerIsRestartedTwice() async throws {
        try await TestStack.inFolder { folder in
            let (server, shop) = (try DeveloperServer(), try Shop(stack))
            let listening = try listen("thousand", server.url, every: "50", folder)
            defer { _ = listening.terminate() }
            try #require(eventually { Files.exists(folder + "/cursor") })
            let books = StackBooks(stack)
            let before = try #require(books.lines("select coalesce(max(id), 0) from events").first)
            var client = LoadClient(
                url: shop.hook, certificate: stack.folder.certificate, credentials: shop.credentials)
            client.clients = 16
            for part in 0..<4 {
                // No job follows from the status: what is measured is the way to the developer.
                let deliveries = (0..<250).map {
                    ShopDelivery.guide("listen-\(part)-\($0)", "UNPAID", at: Shop.now, amount: "1.00")
                }
                let report = try await onThread { [client] in try client.send(deliveries) }
                #expect(report.answers.allSatisfy { $0 == [200] })
                let needed = part * 250 + 100
                try #require(try eventually { try server.received().count >= needed })
                if part == 1 || part == 2 { try server.restart() }
            }
            let stored = try books.lines("select id from events where id > \(before) and source = 'tiktok-shop'")
            let ids = Set(stored.compactMap { Int64($0) })
            #expect(ids.count == 1000)
            let areThere = try eventually { try Set(server.received()) == ids }
            #expect(areThere)
            // Again came only what was under way at a kill.
            #expect(try server.received().count <= 1002)
            #expect(try server.paths() == ["/webhook/tiktok"])
            #expect(listening.terminate() == .exited(0))
        }
    }

    @Test func aWrongTokenIsSaid() throws {
        let output = try tool.run(
            [
                "listen", "--server", stack.state.url, "--token-env", "TOKEN", "--forward-to", "http://127.0.0.1:1",
                "--cursor", stack.folder.path + "/wrong-cursor", "--once",
            ], with: "TOKEN=hl_wrong")
        #expect(
            output.status == .exited(70) && output.errorText.contains("the token must be valid and have the scope read")
        )
    }
}
