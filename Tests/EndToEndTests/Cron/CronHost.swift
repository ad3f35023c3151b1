import Glibc
import LocalStack
import Platform
import StackSuite
import Testing

/// The real cron daemon with the shipped cron line, in namespaces of its own, working for a stack whose supervisor
/// starts no batch processor.
final class CronHost {
    let stack: LocalStack
    let cron: ChildProcess
    let syslog: SyslogSocket
    private let away: String

    /// - Parameters:
    ///   - folder: of the stack.
    ///   - configuration: see ``TestStack/useRealPrograms(_:configuration:)``.
    init(_ folder: String, configuration: String? = nil) throws {
        var options = try TestStack.options(folder)
        try TestStack.useRealPrograms(&options, configuration: configuration)
        let batch = try #require(options.programs.batch)
        // Cron is the only one that starts it.
        options.programs.batch = nil
        let stack = try LocalStack(options)
        let away = try Files.makeTemporaryFolder("hl-cron", mode: 0o711)
        do {
            // The batch processor will run as a user of its own.
            try Files.setMode(try PostgresCluster(folder: folder).layout.sockets, 0o755)
            try Files.makeFolder(away + "/config")
            for file in [stack.folder.configuration, stack.folder.secrets] {
                let name = try #require(file.split(separator: "/").last)
                try Files.write("\(away)/config/\(name)", try Files.read(file), mode: 0o640)
            }
            let config = try Files.readText(away + "/config/hookledger.yaml")
            try Files.write(
                away + "/config/hookledger.yaml",
                text: config + "\nbatch: { generation_file: \"\(away)/batch/generation\" }\n", mode: 0o640)
            syslog = try SyslogSocket(path: away + "/log")
            let root = try Executable.share(of: #filePath)
            cron = try ChildProcess.spawn(
                ChildCommand([
                    "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                    root + "/Tests/Support/cron-namespace", away, batch, root + "/packaging/cron.d/hookledger",
                ]))
        } catch {
            stack.stop()
            try? Files.remove(away)
            throw error
        }
        self.stack = stack
        self.away = away
    }

    /// Ends everything. The kernel ends what runs in the namespace, cron and its jobs, with its first process.
    func end() {
        cron.terminate(with: .kill)
        stack.stop()
        try? Files.remove(away)
    }
}
