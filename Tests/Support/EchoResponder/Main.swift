import FastCGI
import Glibc
import Platform

/// A responder for tests: it returns what it received, and writes a line on stderr for every request that it ran.
@main struct Main {
    static func main() {
        guard !Server.isStartedByHand() else {
            StandardError.write("usage: spawn-fcgi -n -s SOCKET -- EchoResponder [--NAME NUMBER ...]")
            exit(64)
        }
        let options = Options(CommandLine.arguments.dropFirst())
        do throws(ServerError) {
            let server = try Server(configuration: options.configuration, handler: EchoHandler(options)) { notice in
                StandardError.write("notice \(notice)")
            }
            let late = try LateAnswers.start()
            try server.run {
                StandardError.write("last request handled")
                late.finish()
            }
            StandardError.write("stopped")
        } catch {
            StandardError.write("failed \(error)")
            exit(1)
        }
    }
}
