import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

extension Attacks {
    /// Opens connections from 127.0.0.2, as many as the stages say, keeps them, and says in a file how many there are.
    /// Bodies of `trickled` grow by a byte a second, those of `held` stop before their last byte; heads stay halves.
    private static let client = """
        import socket, sys, time, select, os
        port, folder = int(sys.argv[1]), sys.argv[2]
        def dial():
            s = socket.socket(); s.bind(("127.0.0.2", 0)); s.settimeout(10); s.connect(("127.0.0.1", port)); return s
        def head(length):
            return (f"POST /webhook/tiktok HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n"
                    f"Content-Length: {length}\\r\\n\\r\\n").encode()
        def opened(count, first):
            sockets = []
            for _ in range(count):
                s = dial(); s.sendall(first); sockets.append(s)
            return sockets
        def say(stage, count):
            with open(folder + "/slow.new", "w") as f: f.write(f"{stage} {count}")
            os.rename(folder + "/slow.new", folder + "/slow")
        def wanted(stage): return os.path.exists(f"{folder}/want-{stage}")
        trickled = opened(2000, head(1 << 20) + b"{")
        held = opened(300, head(1 << 20) + b"x" * ((1 << 20) - 1))
        say("bodies", len(trickled) + len(held))
        def trickle():
            for s in trickled:
                try: s.send(b"x")
                except OSError: pass
        while not wanted("heads"):
            trickle(); time.sleep(1)
        heads = opened(int(sys.argv[3]), b"POST /webhook/tiktok HTTP/1.1\\r\\nHost: loc")
        say("heads", len(heads))
        until = time.monotonic() + 120
        while not wanted("end") and time.monotonic() < until:
            trickle()
            # What nginx has given up on is opened again.
            poll = select.poll()
            byfd = {}
            for s in heads: poll.register(s, select.POLLIN | select.POLLHUP); byfd[s.fileno()] = s
            for fd, _ in poll.poll(0):
                s = byfd[fd]; heads.remove(s); s.close()
            try: heads += opened(int(sys.argv[3]) - len(heads), b"POST /webhook/tiktok HTTP/1.1\\r\\nHost: loc")
            except OSError: pass
            time.sleep(0.5)
        """

    private func honest(_ name: String, from address: String) throws -> Int {
        let url = stack.state.plainURL + "/webhook/tiktok"
        return try shop.send(.guide(name, "UNPAID", at: Shop.now), to: url, ["--interface", address]).status
    }

    private func nginx() throws -> (processes: Int, memory: Int) {
        let master = try #require(try TestStack.processes(stack.folder)["nginx"])
        let children = try Files.readText("/proc/\(master)/task/\(master)/children").split(separator: " ")
            .compactMap { Int32($0) }
        return (children.count, try children.reduce(0) { $0 + (try Self.memory(of: $1, "RssAnon:")) })
    }

    private func awaitStage(_ stage: String, _ client: ChildProcess) -> Int? {
        for _ in 0..<3000 {
            let words = ((try? Files.readText(stack.folder.path + "/slow")) ?? "").split(separator: " ")
            if words.first == stage[...] { return words.last.flatMap { Int($0) } }
            if !client.isRunning { return nil }
            SystemClock.sleep(milliseconds: 20)
        }
        return nil
    }

    /// 2,000 trickled bodies, 300 held ones and 8,400 half heads from one address; honest deliveries from another and
    /// from the same one.
    @Test func slowClientsShutNobodyOut() async throws {
        try await attack(5, "slow bodies and half heads of one address") { count in
            let heads = 8_400
            let (workers, before) = try nginx()
            var command = ChildCommand([
                "python3", "-c", Self.client, String(try plainPort()), stack.folder.path, String(heads),
            ])
            command.errors = .file(stack.folder.path + "/slow.log")
            let client = try ChildProcess.spawn(command)
            defer { client.terminate() }
            let bodies = try #require(awaitStage("bodies", client), "\(slowLog)")
            for number in 0..<10 {
                for address in ["127.0.0.3", "127.0.0.2"] {
                    let status = try honest("beside-bodies-\(number)-\(address)", from: address)
                    count.expect(status == 200, "beside \(bodies) slow bodies \(address) was answered \(status)")
                }
            }
            let withBodies = try nginx().memory
            let grown = withBodies - before
            StandardError.write(
                "attack: \(bodies) slow bodies cost nginx (\(workers) workers) \(grown / 1024) MiB of memory")
            count.expect(grown < 64 << 10, "nginx grew by \(grown) KiB")
            try Files.write(stack.folder.path + "/want-heads", text: "")
            let opened = try #require(awaitStage("heads", client), "\(slowLog)")
            for number in 0..<10 {
                for address in ["127.0.0.3", "127.0.0.2"] {
                    let status = try honest("beside-heads-\(number)-\(address)", from: address)
                    count.expect(status == 200, "beside \(opened) half heads \(address) was answered \(status)")
                }
            }
            let withHeads = try nginx().memory
            StandardError.write(
                "attack: \(opened) half heads cost nginx \(max(0, withHeads - withBodies) * 1024 / opened) bytes each")
            try Files.write(stack.folder.path + "/want-end", text: "")
        }
    }

    private var slowLog: String { (try? Files.readText(stack.folder.path + "/slow.log")) ?? "" }

    private func plainPort() throws -> Int {
        try #require(stack.state.plainURL.split(separator: ":").last.flatMap { Int($0) })
    }
}
