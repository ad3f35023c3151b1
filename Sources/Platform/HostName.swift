internal import Glibc

/// What this process is called among those of several machines.
public enum HostName {
    /// The name of this machine, as the kernel has it (proc(5), /proc/sys/kernel/hostname).
    public static var own: String {
        let text = (try? Files.readText("/proc/sys/kernel/hostname")) ?? ""
        let name = text.prefix { !$0.isWhitespace }
        return name.isEmpty ? "localhost" : String(name)
    }

    /// The process id (getpid(2)).
    public static var pid: Int32 { getpid() }
}
