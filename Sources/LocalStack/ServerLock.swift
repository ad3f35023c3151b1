internal import Glibc
internal import Platform

/// postmaster.pid: the server of a cluster, if any.
enum ServerLock {
    static func path(_ layout: ClusterLayout) -> String { layout.data + "/postmaster.pid" }

    /// The process id of the cluster's live server, even if another process started it; nil if there is none. A number
    /// that another program has since does not count.
    static func livePID(_ layout: ClusterLayout) -> Int32? {
        guard let line = (try? Files.readText(path(layout)))?.lines().first, let pid = Int32(line)
        else { return nil }
        let program = (try? Files.readText("/proc/\(pid)/cmdline")) ?? ""
        return program.contains("postgres") && program.contains(layout.data) ? pid : nil
    }

    /// Stops a server that another process started: a fast shutdown, and a kill after 15 s.
    static func stop(_ layout: ClusterLayout) {
        for (signal, tries) in [(ChildProcess.Signal.interrupt, 300), (.quit, 60), (.kill, 60)] {
            guard let pid = livePID(layout) else { return }
            signal.send(to: pid)
            for _ in 0..<tries where livePID(layout) == pid { usleep(50_000) }
        }
    }
}
