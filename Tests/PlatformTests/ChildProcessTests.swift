import Glibc
import Patience
import Platform
import Testing

@Suite struct ChildProcessTests {
    private func run(_ arguments: [String], timeout: Duration = .seconds(20), limit: Int = 1 << 20) throws
        -> ChildOutput
    {
        try ChildProcess.run(ChildCommand(arguments), timeout: timeout, limit: limit)
    }

    @Test func outputErrorsAndCodeAreKeptApart() throws {
        let result = try run(["sh", "-c", "echo out; echo err >&2; exit 7"])
        #expect(result.text == "out")
        #expect(result.errorText == "err")
        #expect(result.status == .exited(7))
        #expect(!result.succeeded)
        #expect(!result.timedOut)
    }

    @Test func environmentFolderAndArgumentsReachTheChild() throws {
        let odd = "a b'\"$c\n*"
        var command = ChildCommand(["sh", "-c", "pwd; printf '%s|%s|%s' \"$1\" \"$ONE\" \"$HOME\"", "sh", odd])
        command.environment = ["ONE": "x=y", "PATH": "/usr/bin:/bin"]
        command.folder = "/usr"
        #expect(try ChildProcess.run(command).text == "/usr\n\(odd)|x=y|")
    }

    @Test func aMissingProgramIsAnError() {
        #expect(throws: ChildProcessError.self) { try run(["/nonexistent/program"]) }
        #expect(throws: ChildProcessError.self) { try run(["hookledger-no-such-program"]) }
        #expect(throws: ChildProcessError.self) { try run([]) }
        #expect(throws: ChildProcessError.self) {
            try ChildProcess.spawn(ChildCommand(["true"], input: .file("/nonexistent/file")))
        }
    }

    @Test func muchOutputIsReadButNotKept() throws {
        let result = try run(["sh", "-c", "head -c 3000000 /dev/zero; echo done >&2"], limit: 1000)
        #expect(result.output == [UInt8](repeating: 0, count: 1000))
        #expect(result.truncated)
        #expect(result.errorText == "done")
        #expect(result.succeeded)
    }

    @Test func aTimeoutKillsTheWholeGroup() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let result = try run(["sh", "-c", "sleep 60 & echo $! > \(folder)/pid; wait"], timeout: .milliseconds(500))
        #expect(result.timedOut)
        #expect(result.status == .signalled(9))
        let grandchild = try #require(Int32(try Files.readText(folder + "/pid").filter(\.isNumber)))
        // Ended, or a zombie that the system's first process has yet to collect.
        let ended = (0..<600).contains { _ in
            let state = (try? Files.readText("/proc/\(grandchild)/stat"))?.split(separator: " ").dropFirst(2).first
            if state == nil || state == "Z" { return true }
            _ = try? run(["sleep", "0.05"])
            return false
        }
        #expect(ended)
    }

    @Test func aGrandchildThatKeepsThePipesDoesNotHoldUsUp() throws {
        let started = ContinuousClock.now
        let result = try run(["sh", "-c", "echo first; sleep 30 & exit 0"], timeout: .seconds(25))
        #expect(result.text == "first")
        #expect(result.succeeded)
        #expect(started.duration(to: .now) < .seconds(20))
    }

    @Test func theChildGetsNoOtherDescriptor() throws {
        // Without close-on-exec, as a careless library leaves it.
        let leak = open("/dev/null", O_RDONLY)
        defer { close(leak) }
        try #require(leak > 2)
        // 0 to 2, and the 3 with which ls reads the folder.
        #expect(try run(["ls", "/proc/self/fd"]).text.split(separator: "\n") == ["0", "1", "2", "3"])
    }

    @Test func signalsAreAtTheirDefaultsInTheChild() throws {
        var blocked = sigset_t()
        var before = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGUSR1)
        pthread_sigmask(SIG_BLOCK, &blocked, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let previous = signal(SIGUSR2, SIG_IGN)
        defer { signal(SIGUSR2, previous) }
        let lines = try run(["grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"]).text.split(separator: "\n")
        // glibc ignores its own two signals, 32 and 33, in every child until that uses threads.
        let masks = lines.map { UInt64($0.suffix(16), radix: 16).map { $0 & ~(3 << 31) } }
        #expect(masks == [0, 0])
    }

    @Test func theChildLeadsItsGroup() throws {
        let child = try ChildProcess.spawn(ChildCommand(["sleep", "60"]))
        defer { child.terminate() }
        let fields = try Files.readText("/proc/\(child.pid)/stat").split(separator: " ")
        #expect(fields[4] == "\(child.pid)")
    }

    @Test func waitingKnowsRunningFromEnded() throws {
        let child = try ChildProcess.spawn(ChildCommand(["sleep", "60"]))
        #expect(child.isRunning)
        #expect(child.wait(timeout: .milliseconds(30)) == nil)
        #expect(child.signal(.terminate))
        #expect(child.wait(timeout: .seconds(patience)) == .signalled(15))
        #expect(child.wait() == .signalled(15))
        #expect(!child.isRunning)
        #expect(!child.signal(.kill))
    }

    @Test func aStubbornChildIsKilled() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        let child = try ChildProcess.spawn(
            ChildCommand(["sh", "-c", "trap '' TERM; : > \(folder)/ready; while :; do sleep 1; done"]))
        #expect(eventually { Files.exists(folder + "/ready") })
        #expect(child.terminate(grace: .milliseconds(200)) == .signalled(9))
    }

    @Test func streamsLeadToFilesAndDescriptors() throws {
        let folder = try Files.makeTemporaryFolder()
        defer { try? Files.remove(folder) }
        try Files.write(folder + "/in", text: "given\n")
        var command = ChildCommand(["sh", "-c", "cat; echo problem >&2"])
        command.input = .file(folder + "/in")
        command.output = .file(folder + "/out")
        command.errors = .file(folder + "/out")
        for _ in 0..<2 { #expect(try ChildProcess.spawn(command).wait() == .exited(0)) }
        #expect(try Files.readText(folder + "/out") == "given\nproblem\ngiven\nproblem\n")
    }

    @Test func manyThreadsSpawnAtOnce() async throws {
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<40 { group.addTask { try self.run(["echo", "\(number)"]).text } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts == Set((0..<40).map { "\($0)" }))
    }
}
