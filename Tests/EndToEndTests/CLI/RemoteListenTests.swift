import HTTPReceiver
import LocalStack
import Platform
import Testing

/// `hookledger listen --server` against the REST API of a real stack.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct RemoteListenTests {
    private let stack: LocalStack
    private let tool: StackTool

    init() throws {
        stack = try #require(TestStack.current)
        tool = StackTool(stack)
    }

    @Test func liveEventsArriveByTheAPI() throws {
        try TestStack.inFolder { folder in
            let receiver = try Receiver { number, _ in number == 3 ? .silence : .answer(204) }
            let token = try tool.run(["token", "create", "listener", "--scope", "read"])
            try #require(token.succeeded, "\(token.errorText)")
            let arguments = [
                "listen", "--server", stack.state.url, "--token-env", "TOKEN", "--forward-to", receiver.url,
                "--secret-env", "tiktok-shop=LOCAL", "--cursor", folder + "/cursor", "--every", "100", "--json",
            ]
            var command = try tool.command(arguments, with: "TOKEN=\(token.text) LOCAL=local")
            command.output = .file(folder + "/out")
            let listening = try ChildProcess.spawn(command)
            defer { _ = listening.terminate() }
            try #require(TestStack.eventually { Files.exists(folder + "/cursor") })
            for _ in 0..<5 {
                let sent = try tool.run(["send", "tiktok-shop", "--type", "order_created"])
                try #require(sent.succeeded, "\(sent.errorText)")
            }
            let arrived = try TestStack.eventually(withinSeconds: 90) {
                try Files.readText(folder + "/out").split(separator: "\n").count { $0.contains(#""delivered""#) } == 5
            }
            let shown = try Files.readText(folder + "/out")
            #expect(arrived, "\(shown)")
            // The one that was not answered came twice.
            #expect(receiver.taken.count == 6 && Set(receiver.taken).count == 5)
            #expect(listening.terminate() == .exited(0))
        }
    }

    @Test func aWrongTokenIsSaid() throws {
        let output = try tool.run(
            [
                "listen", "--server", stack.state.url, "--token-env", "TOKEN", "--forward-to", "http://127.0.0.1:1",
                "--cursor", stack.folder.path + "/wrong-cursor", "--once",
            ], with: "TOKEN=hl_wrong")
        #expect(output.status == .exited(70) && output.errorText.contains("the token needs the scope read"))
    }
}
