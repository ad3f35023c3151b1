import LocalStack
import Platform

/// `hookledger up --foreground`: a stack that lives as long as this process, with its log in the terminal.
struct ForegroundStack {
    private let options: StackOptions
    private let demonstrates: Bool

    init(_ options: StackOptions, demonstrates: Bool) {
        self.options = options
        self.demonstrates = demonstrates
    }

    /// Starts, shows the log until SIGINT, SIGTERM or SIGHUP, and stops.
    func run() throws {
        let stop = try StopRequest(parent: nil)
        Console.say("Starting Postgres, nginx, the responder and the batch processor in \(options.folder) …")
        let stack = try LocalStack(options) { stop.isMade }
        defer { stack.stop() }
        // The log from here on: the demonstration shows its own part in words.
        var follower = LogFollower(stack.folder)
        if demonstrates { try Demonstration(stack, isCancelled: { stop.isMade }).run() }
        NextThings(stack).show()
        Console.say("\nLog (Ctrl-C to stop):")
        while !stop.isMade {
            for line in follower.newLines() { Console.say(line) }
            guard stack.isRunning else {
                throw StackError(.failed, "the supervisor has ended; see \(stack.folder.log("supervisor"))")
            }
            SystemClock.sleep(milliseconds: 200)
        }
        Console.say("\nStopping …")
        stack.stop()
        Console.say("Stopped. The data stays in \(options.folder).")
    }
}
