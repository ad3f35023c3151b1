import JobsSupport
import Platform
import TestThreads
import Testing

/// A mistyped command or name is answered with the nearest one.
@Suite(.blocking) struct NearestNameTests {
    private let jobs: JobsFixture
    private let program: BatchProgram

    init() throws {
        jobs = try JobsFixture()
        program = try BatchProgram(jobs, url: "http://127.0.0.1:1")
    }

    private func run(_ arguments: [String], plain: Bool = false) throws -> (status: Platform.ExitStatus, errors: String)
    {
        var command = program.tool(arguments)
        if plain { command.arguments.removeLast(2) }
        let output = try ChildProcess.run(command)
        return (output.status, output.errorText)
    }

    @Test(arguments: [
        (["evnts", "list"], "hookledger has no command \"evnts\"; did you mean \"events\"?", Int32(64)),
        (["events", "lst"], "hookledger events has no command \"lst\"; did you mean \"list\"?", 64),
        (["orders", "shw", "3"], "hookledger orders has no command \"shw\"; did you mean \"show\"?", 64),
        (["jobs", "relese"], "hookledger jobs has no command \"relese\"; did you mean \"release\"?", 64),
        (["events", "everything"], "hookledger events has no command \"everything\"; known are:", 64),
        (["events", "list", "--limt", "3"], "Unknown option '--limt'. Did you mean '--limit'?", 64),
        (["events", "verfy", "3"], "did you mean \"verify\"?", 64),
        (["qwertyuiop"], "hookledger has no command \"qwertyuiop\"", 64),
    ])
    func aCommand(_ arguments: [String], _ text: String, _ status: Int32) throws {
        defer { program.remove() }
        let end = try run(arguments, plain: true)
        #expect(end.status == .exited(status) && end.errors.contains(text), "\(end.errors)")
        #expect(end.errors.contains("--help"))
    }

    /// An argument that a command takes is no mistyped command.
    @Test func anArgumentIsNotOne() throws {
        defer { program.remove() }
        #expect(try run(["jobs", "12"]).errors.contains("there is no job 12"))
        #expect(try run(["jobs", "x"], plain: true).errors.contains("invalid for '<id>'"))
    }

    @Test(arguments: [
        (["events", "list", "--source", "shpo"], "no source \"shpo\"; did you mean \"shop\"?"),
        (["events", "list", "--type", "order.creatd"], "no type \"order.creatd\"; did you mean \"order.created\"?"),
        (["orders", "list", "--source", "shpo"], "did you mean \"shop\"?"),
        (["jobs", "--action", "osp"], "no action \"osp\"; did you mean \"ops\"?"),
        (["dead", "list", "--rule", "rule-2"], "no rule \"rule-2\"; did you mean \"rule-1\"?"),
        (["dead", "retry", "--action", "osp"], "did you mean \"ops\"?"),
    ])
    func aNameInAnEmptyList(_ arguments: [String], _ text: String) throws {
        defer { program.remove() }
        let end = try run(arguments)
        #expect(end.errors.contains(text), "\(end.errors)")
        #expect(end.status == .exited(0))
    }

    @Test func aNameThatMustExist() throws {
        defer { program.remove() }
        let end = try run(["send", "shpo", "--type", "order_created"])
        #expect(end.status == .exited(2) && end.errors.contains("there is no source \"shpo\"; did you mean \"shop\"?"))
        let type = try run(["send", "shop", "--type", "order_creatd", "--url", "https://localhost:1"])
        #expect(type.errors.contains("did you mean \"order_created\"?"), "\(type.errors)")
        // A name of an earlier configuration without a near one is no mistake.
        #expect(try run(["events", "list", "--source", "warehouse"]).errors == "")
    }
}
