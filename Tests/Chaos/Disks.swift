import FaultSupport
import Glibc
import Platform

/// Small file systems of their own (tmpfs), which can be full.
struct Disks {
    /// Why there are none; nil if there are.
    let reason: String?

    init() {
        let mount =
            geteuid() == 0 && (try? ChildProcess.run(ChildCommand(["mountpoint", "-q", "/proc"])))?.succeeded == true
        // scripts/chaos runs in a mount namespace of its own where it may, and says so.
        let isOwn = Environment.value(of: "CHAOS_NAMESPACE") == "1"
        reason = mount && isOwn ? nil : "needs root and a mount namespace of its own (unshare)"
    }

    /// Makes a folder, on a file system of its own if that can be had.
    func make(_ folder: String, size: String, owner: String?, mode: UInt32 = 0o755) throws {
        try Files.makeFolder(folder)
        if reason == nil {
            let mount = ChildCommand(["mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", folder])
            guard try ChildProcess.run(mount).succeeded else { throw RunFailure("cannot mount \(folder)") }
        }
        try Files.setMode(folder, mode)
        if let owner { try Files.setOwner(folder, user: owner) }
    }

    /// Fills the file system of a folder until nothing more fits, for a while.
    func fill(_ folder: String, milliseconds: Int) throws {
        let ballast = folder + "/ballast"
        let script =
            #"dd if=/dev/zero of="$1" bs=1M 2>/dev/null; dd if=/dev/zero bs=1 count=4096 >>"$1" 2>/dev/null; :"#
        _ = try ChildProcess.run(ChildCommand(["sh", "-c", script, "sh", ballast], errors: .null))
        // What others free meanwhile is taken, too.
        let end = instant() + Int64(milliseconds) * 1000
        while instant() < end {
            let more = #"dd if=/dev/zero bs=4k count=256 >>"$1" 2>/dev/null; :"#
            _ = try ChildProcess.run(ChildCommand(["sh", "-c", more, "sh", ballast], errors: .null))
            SystemClock.sleep(milliseconds: 100)
        }
        try Files.remove(ballast)
    }
}
