import Ledger
import LocalStack
import Platform

/// The programs of this host that read a configuration again at a SIGHUP.
struct RunningPrograms {
    /// Files of process ids, such as those of `spawn-fcgi -P`.
    let pidFiles: [String]
    /// The folder of the configuration, where a private stack keeps its processes; nil for none.
    let folder: String?

    /// The units of a host with systemd.
    private static let units = ["hookledger-responder.service", "hookledger-responder-api.service"]
    /// Where spawn-fcgi's files of process ids are, unless others are named.
    private static let folder = "/run/hookledger"

    /// The files of process ids that are there without being named.
    static var standardFiles: [String] {
        ((try? Files.list(folder)) ?? []).filter { $0.hasSuffix(".pid") }.sorted().map { "\(folder)/\($0)" }
    }

    /// All of them, by process id, the responder's first.
    /// - Parameter reported: what programs have reported to the database.
    /// - Throws: `FileError` when a file of process ids cannot be read.
    func all(_ reported: [ConfigurationInUse]) throws -> [ProgramProcess] {
        var ids = try pidFiles.flatMap { try ProgramProcess.ids(inFile: $0) }
        ids += Self.units.compactMap(Self.mainProcess)
        ids += reported.filter { $0.host == HostName.own }.map(\.pid)
        let found = ids.compactMap(ProgramProcess.init)
        let ofStack = folder.map { ProgramProcess.ofStack(in: StackFolder($0)) } ?? []
        return Set(found + ofStack).sorted { $0.pid < $1.pid }
    }

    /// The main process of a unit; nil if it does not run, or there is no systemd.
    private static func mainProcess(of unit: String) -> Int32? {
        let command = ChildCommand(["systemctl", "show", "--property", "MainPID", "--value", unit])
        guard let output = try? ChildProcess.run(command), output.succeeded else { return nil }
        return Int32(output.text.filter { !$0.isWhitespace })
    }
}
