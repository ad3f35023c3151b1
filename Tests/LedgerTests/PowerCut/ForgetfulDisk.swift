import Glibc
import LocalStack
import Patience
import Platform
import Testing

/// A mounted disk that forgets what was not synced (Tests/Support/ForgetfulDisk).
final class ForgetfulDisk {
    /// Why this machine cannot have one; nil if it can.
    static let obstacle: String? = {
        if !Files.exists("/dev/fuse") { return "there is no /dev/fuse" }
        let probe = ChildCommand(["/usr/bin/python3", "-c", "import pyfuse3"], errors: .null)
        if (try? ChildProcess.run(probe))?.succeeded != true { return "Debian's python3-pyfuse3 is missing" }
        return geteuid() == 0 ? nil : "only root may mount for another user"
    }()

    private let store: String
    let mountPoint: String
    private var process: ChildProcess?

    /// - Parameters:
    ///   - folder: for what is kept; ``mountPoint`` is in it.
    ///   - seed: a folder that is moved there, as if all of it had been synced.
    init(in folder: String, seed: String) throws {
        store = folder + "/store"
        mountPoint = folder + "/disk"
        try Files.makeFolder(store)
        try Files.makeFolder(mountPoint)
        try Files.rename(seed, to: store + "/seed")
        try mount()
    }

    deinit { try? cut() }

    /// Mounts what is kept.
    func mount() throws {
        let program = try Executable.share(of: #filePath) + "/Tests/Support/ForgetfulDisk/forgetful.py"
        process = try ChildProcess.spawn(
            ChildCommand(["/usr/bin/python3", program, store, mountPoint], errors: .file(store + "/log")))
        let isMounted = try eventually {
            try Files.readText("/proc/self/mounts").contains(" \(mountPoint) fuse")
        }
        #expect(isMounted, "the disk was not mounted: \((try? Files.readText(store + "/log")) ?? "")")
    }

    /// The power cut: what was not synced is gone, and every call on a file of the disk fails from now on.
    func cut() throws {
        process?.terminate(with: .kill, grace: .seconds(5))
        process = nil
    }

    /// Takes the dead disk away, so that it can be mounted again. To be called when nobody has files there.
    func unmount() throws { _ = try ChildProcess.run(ChildCommand(["umount", "--lazy", mountPoint])) }
}
