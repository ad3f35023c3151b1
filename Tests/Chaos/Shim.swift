import FaultSupport
import Glibc
import Platform

/// The file through which a run moves the clock of one program, and fails one of its calls on files. Its layout is that of
/// `struct control` in Shim/faults.c.
final class Shim: Sendable {
    /// A call of a file function from the program itself.
    struct Site: Hashable {
        /// Its number, from 1.
        let number: UInt32
        /// The function.
        let name: String
    }

    let path: String
    private let descriptor: Int32
    private static let size = 32 << 10
    private static let siteSize = 32
    private static let header = 24

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        // The umask does not hold: Postgres runs as a user of its own.
        guard descriptor >= 0, ftruncate(descriptor, Self.size) == 0, fchmod(descriptor, 0o666) == 0 else {
            throw RunFailure("cannot make \(path)")
        }
    }

    /// The environment of a program that loads it.
    func environment(_ library: String) -> [String: String] { ["LD_PRELOAD": library, "CHAOS_FILE": path] }

    /// Moves the wall clock by that many seconds against the machine's.
    func moveClock(seconds: Int64) { write(seconds * 1_000_000_000, at: 0) }

    /// The next call at that site fails with that errno.
    func arm(_ site: Site, _ error: Int32) {
        write(error, at: 12)
        write(site.number, at: 8)
    }

    func disarm() { write(UInt32(0), at: 8) }

    /// How many calls have failed.
    var fired: UInt32 { read(at: 16) }

    /// The sites that were found so far.
    var sites: [Site] {
        let count: UInt32 = read(at: 20)
        return (0..<min(count, 500)).map { index in
            var name = [UInt8](repeating: 0, count: 16)
            pread(descriptor, &name, 16, Self.header + Int(index) * Self.siteSize + 16)
            return Site(number: index + 1, name: String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
        }
    }

    private func write<T: FixedWidthInteger>(_ value: T, at offset: Int) {
        var value = value.littleEndian
        pwrite(descriptor, &value, MemoryLayout<T>.size, offset)
    }

    private func read<T: FixedWidthInteger>(at offset: Int) -> T {
        var value: T = 0
        pread(descriptor, &value, MemoryLayout<T>.size, offset)
        return T(littleEndian: value)
    }
}

/// The shims of all programs, and the library that they load.
struct Shims {
    let library: String
    let responder: Shim
    let batch: Shim
    let postgres: Shim

    /// - Parameter source: Shim/faults.c
    init(_ folder: String, source: String) throws {
        try Files.makeFolder(folder)
        library = folder + "/faults.so"
        let compile = ChildCommand(["clang", "-O1", "-Wall", "-shared", "-fPIC", "-o", library, source, "-ldl"])
        guard try ChildProcess.run(compile).succeeded else { throw RunFailure("clang cannot compile \(source)") }
        responder = try Shim(folder + "/responder")
        batch = try Shim(folder + "/batch")
        postgres = try Shim(folder + "/postgres")
    }
}
