import Glibc
import Patience
import Platform
import Synchronization
import Testing

/// A flag that is set once, from any thread.
final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
}

/// Tries until it is true, for a bounded time that a slow machine does not reach.
func eventually(_ what: Comment, _ isTrue: () throws -> Bool) throws {
    try #require(try Patience.eventually(isTrue), what)
}

/// Starts a program. - Returns: its process id; the caller waits for it.
func spawnProcess(_ arguments: [String], standardInput: String, standardError: String) throws -> Int32 {
    // Inherits no descriptor of the tests beside it: some tests count them.
    try ChildProcess.spawn(
        ChildCommand(arguments, input: .file(standardInput), errors: .file(standardError))
    ).pid
}

/// The same with the caller's own arrangement of descriptors.
func spawnProcess(_ arguments: [String], actions: inout posix_spawn_file_actions_t) throws -> Int32 {
    var vector: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    vector.append(nil)
    defer { for argument in vector { free(argument) } }
    var process: Int32 = 0
    let code = posix_spawn(&process, arguments[0], &actions, nil, &vector, environ)
    guard code == 0 else { throw SystemCallError(call: "posix_spawn", code: code) }
    return process
}

/// - Returns: exit status; 128 + signal when one ended it; nil when it runs longer than any of these tests takes.
func waitForEnd(of process: Int32) -> Int32? {
    var status: Int32 = 0
    guard Patience.eventually({ waitpid(process, &status, WNOHANG) == process }) else { return nil }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
}

/// The whole file as text; empty when there is none.
func readFile(_ path: String) -> String {
    guard let file = fopen(path, "re") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}
