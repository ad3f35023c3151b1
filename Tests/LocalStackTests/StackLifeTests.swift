import JSON
import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

/// Starting, stopping, and what is left behind.
@Suite(.serialized, .place) struct StackLifeTests {
    @Test func findsTheDataOfTheLastTimeAndLeavesNothingRunning() throws {
        try TestStack.inFolder { path in
            let options = try TestStack.options(path)
            let folder = StackFolder(path)
            let first = try LocalStack(options)
            let connection = try Connection(conninfo: first.state.database, applicationName: "test")
            try connection.execute("CREATE TABLE public.kept (n int); INSERT INTO public.kept VALUES (7)")
            let identities = try TestStack.processes(folder).values.compactMap { ProcessIdentity(of: $0) }
            #expect(identities.count == 4)
            let postgres = try PostgresCluster(folder: path)
            #expect(postgres.pid != nil)
            let certificate = try Files.read(folder.certificate)
            let secret = first.secret("TIKTOK_APP_SECRET")

            first.stop()
            #expect(identities.allSatisfy { !$0.isAlive })
            #expect(postgres.pid == nil)
            #expect(!Files.exists(first.state.sockets))
            #expect(try Curl(first).request(first.state.url + "/health") == nil)
            #expect(LocalStack.running(in: folder) == nil)

            let second = try LocalStack(options)
            defer { second.stop() }
            let again = try Connection(conninfo: second.state.database, applicationName: "test")
            #expect(try again.query("SELECT n FROM public.kept").only().int("n") == 7)
            #expect(try Files.read(folder.certificate) == certificate)
            #expect(secret?.utf8.count == 32)
            #expect(second.secret("TIKTOK_APP_SECRET") == secret)
        }
    }

    @Test func runsInTheBackgroundUntilDown() throws {
        try TestStack.inFolder { path in
            let options = try TestStack.options(path)
            let (state, wasRunning) = try LocalStack.startInBackground(options)
            #expect(!wasRunning)
            let second = try LocalStack.startInBackground(options)
            #expect(second.wasRunning)
            #expect(second.state == state)
            let up = try ChildProcess.run(ChildCommand([options.programs.tool, "up", "--json", "--folder", path]))
            let shown = try JSONValue(parsing: Array(up.text.utf8))
            #expect(shown["url"]?.string == state.url && shown["was_up"] == true)

            let down = try ChildProcess.run(ChildCommand([options.programs.tool, "down", "--folder", path]))
            #expect((down.status, down.text) == (.exited(0), "Down."))
            #expect(!state.supervisor.isAlive)
            let nothing = try ChildProcess.run(ChildCommand([options.programs.tool, "down", "--folder", path]))
            #expect((nothing.status, nothing.text) == (.exited(0), "Nothing was running."))
            let object = try ChildProcess.run(
                ChildCommand([options.programs.tool, "down", "--json", "--folder", path]))
            #expect(object.text == #"{"stopped":false}"#)
        }
    }

    @Test func namesThePortThatIsTaken() throws {
        try TestStack.inFolder { path in
            let first = try LocalStack(try TestStack.options(path + "/first"))
            defer { first.stop() }
            let port = try #require(first.state.url.split(separator: ":").last.flatMap { Int($0) })
            var options = try TestStack.options(path + "/second")
            options.httpsPort = port
            let error = try #require(throws: StackError.self) { _ = try LocalStack(options) }
            #expect(error.kind == .portInUse)
            #expect(error.description.contains("port \(port) "))
            #expect(error.description.contains("HOOKLEDGER_HTTPS_PORT="))
            #expect(try Curl(first).get(first.state.url + "/health").status == 200)
        }
    }

    @Test func endsWithItsSupervisorEvenByAKill() throws {
        try TestStack.inFolder { path in
            let options = try TestStack.options(path)
            let folder = StackFolder(path)
            let (state, _) = try LocalStack.startInBackground(options)
            let postgres = try #require(try PostgresCluster(folder: path).pid)
            let pids = try TestStack.processes(folder).values + [postgres]
            let workers = try pids.flatMap { try Self.children(of: $0) }
            let identities = (pids + workers).compactMap { ProcessIdentity(of: $0) }
            // nginx's workers and Postgres' backends among them.
            #expect(identities.count >= 7)
            ChildProcess.Signal.kill.send(to: state.supervisor.pid)
            #expect(eventually { !identities.contains { $0.isAlive } })
        }
    }

    private static func children(of pid: Int32) throws -> [Int32] {
        try Files.readText("/proc/\(pid)/task/\(pid)/children").split(separator: " ").compactMap { Int32($0) }
    }

    @Test func clearsUpAfterAKilledSupervisor() throws {
        try TestStack.inFolder { path in
            let options = try TestStack.options(path)
            let folder = StackFolder(path)
            let (state, _) = try LocalStack.startInBackground(options)
            let identities = try TestStack.processes(folder).values.compactMap { ProcessIdentity(of: $0) }
            ChildProcess.Signal.stop.send(to: try #require(try TestStack.processes(folder)["api"]))
            ChildProcess.Signal.kill.send(to: state.supervisor.pid)
            #expect(eventually { !state.supervisor.isAlive })
            // One of its children has outlived it, as none does by itself.
            let leftover = try ChildProcess.spawn(ChildCommand(["sleep", "60"]))
            defer { leftover.terminate() }
            let stat = try Files.readText("/proc/\(leftover.pid)/stat").split(separator: " ")
            let processes = try Files.readText(folder.path + "/processes")
            try Files.write(folder.path + "/processes", text: processes + "leftover \(leftover.pid) \(stat[21])\n")

            // A new one takes over from the ruins …
            let (second, wasRunning) = try LocalStack.startInBackground(options)
            #expect(!wasRunning)
            #expect(identities.allSatisfy { !$0.isAlive })
            #expect(leftover.wait(timeout: .seconds(patience)) != nil)
            let newer = try TestStack.processes(folder).values.compactMap { ProcessIdentity(of: $0) }
            // … and `down` finds what the next dead one has left.
            ChildProcess.Signal.stop.send(to: try #require(try TestStack.processes(folder)["api"]))
            ChildProcess.Signal.kill.send(to: second.supervisor.pid)
            #expect(eventually { !second.supervisor.isAlive })
            _ = try LocalStack.stop(in: folder)
            #expect(newer.count == 4)
            #expect(newer.allSatisfy { !$0.isAlive })
            #expect(try PostgresCluster(folder: path).pid == nil)
            #expect(!Files.exists(second.sockets))
        }
    }

    @Test func sparesAProcessThatGotARecycledNumber() throws {
        try TestStack.inFolder { path in
            let bystander = try ChildProcess.spawn(ChildCommand(["sleep", "60"]))
            defer { bystander.terminate() }
            let identity = try #require(ProcessIdentity(of: bystander.pid))
            try Files.write(path + "/processes", text: "nginx \(bystander.pid) 1\n")
            #expect(try !LocalStack.stop(in: StackFolder(path)))
            #expect(identity.isAlive)
        }
    }

    @Test func endsWithTheProcessThatItBelongsTo() throws {
        try TestStack.inFolder { path in
            let options = try TestStack.options(path)
            let folder = StackFolder(path)
            // A shell is the owner; it is killed without a chance to clear up.
            let owner = try ChildProcess.spawn(
                ChildCommand(
                    [
                        "/bin/sh", "-c", #""$@" --parent $$ & wait"#, "sh", options.programs.tool, "supervise",
                        "--folder", path, "--share", options.share, "--responder", options.programs.responder,
                        "--https-port", "0", "--http-port", "0", "--api-requests", "1", "--api-window", "1000",
                        "--batch-interval", "60",
                    ], errors: .null))
            defer { owner.terminate() }
            #expect(eventually { LocalStack.running(in: folder) != nil })
            let state = try #require(LocalStack.running(in: folder))
            let identities = try TestStack.processes(folder).values.compactMap { ProcessIdentity(of: $0) }
            owner.signal(.kill)
            #expect(eventually { !state.supervisor.isAlive })
            #expect(!identities.isEmpty)
            #expect(identities.allSatisfy { !$0.isAlive })
            #expect(try PostgresCluster(folder: path).pid == nil)
        }
    }

    @Test func startsTheBatchProcessorAgainAndAgainWithCronsEnvironment() throws {
        try TestStack.inFolder { path in
            var options = try TestStack.options(path)
            let program = path + "/batch"
            try Files.write(
                program, text: "#!/bin/sh\nenv | cut -d= -f1 | sort | tr '\\n' ' '\necho \"arguments $*\"\nsleep 30\n",
                mode: 0o755)
            options.programs.batch = program
            options.batchInterval = 1
            let stack = try LocalStack(options)
            defer { stack.stop() }
            let log = stack.folder.log("batch")
            var lines: [Substring] = []
            // The runs do not end: they overlap.
            #expect(
                eventually {
                    lines = ((try? Files.readText(log)) ?? "").split(separator: "\n")
                    return lines.count >= 3
                })
            // A shell adds PWD.
            #expect(
                lines.first == "HOME LOGNAME PATH PWD SHELL arguments --config \(stack.folder.configuration) --for 6s")
        }
    }

    @Test func passesOnWhatAMisconfiguredResponderSays() throws {
        try TestStack.inFolder { path in
            var options = try TestStack.options(path)
            let program = path + "/responder"
            try Files.write(program, text: "#!/bin/sh\necho 'line 4: unknown key' >&2\nexit 78\n", mode: 0o755)
            options.programs.responder = program
            let error = try #require(throws: StackError.self) { _ = try LocalStack(options) }
            #expect(error.description.contains("line 4: unknown key"))
            #expect(LocalStack.running(in: StackFolder(path)) == nil)
            #expect(try PostgresCluster(folder: path).pid == nil)
        }
    }

    @Test func saysWhatIsMissing() throws {
        try TestStack.inFolder { path in
            var options = try TestStack.options(path)
            options.programs.responder = path + "/no-such-program"
            let error = try #require(throws: StackError.self) { _ = try LocalStack(options) }
            #expect(error.description.contains(path + "/no-such-program"))
        }
    }
}
