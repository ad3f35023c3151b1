internal import Platform

/// A started server and the watcher that ends it when this process ends.
struct RunningServer {
    let server: ChildProcess
    private let watcher: LifeLine?

    init(_ server: ChildProcess, _ cluster: PostgresCluster) throws(ClusterError) {
        self.server = server
        guard cluster.options.endsWithThisProcess else {
            watcher = nil
            return
        }
        let layout = cluster.layout
        let removed = cluster.options.removedWithThisProcess
        do throws(ChildProcessError) {
            watcher = try LifeLine(
                ending: server.pid, removing: removed ? layout.all + [layout.folder] : [])
        } catch {
            server.terminate(with: .quit)
            throw ClusterError("\(error)")
        }
    }

    func stop() {
        server.terminate(with: .interrupt, grace: .seconds(15))
        release()
    }

    func crash() {
        server.terminate(with: .kill, grace: .seconds(5))
        release()
    }

    /// Ends the watcher only; the server must have ended.
    func release() { watcher?.cut() }
}
