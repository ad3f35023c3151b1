internal import CPostgres
import Platform
import Synchronization

/// Asks the server to end the statement of a session that is given up at its deadline.
///
/// A COMMIT that waits for a synchronous standby ends by nothing else: neither by `statement_timeout` nor by the end of
/// the connection (PostgreSQL manual, 27.2.8). Without this each try would leave a backend, until no slot is free for
/// anybody.
enum Cancellation {
    /// PQcancel(3) blocks, without limit if the server is frozen: each request has a thread, and there are no more than
    /// this.
    private static let most = 4
    private static let underWay = Atomic<Int>(0)

    /// A request, which only the thread that makes it uses.
    private struct Request: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// Sends the request on a thread of its own. The session may end meanwhile.
    /// - Parameter handle: of an open session.
    static func send(_ handle: OpaquePointer) {
        guard let pointer = PQgetCancel(handle) else { return }
        let request = Request(pointer: pointer)
        guard underWay.add(1, ordering: .relaxed).newValue <= most else { return drop(request) }
        do throws(SystemCallError) {
            _ = try Thread(name: "cancel") {
                var text = [CChar](repeating: 0, count: 256)
                _ = PQcancel(request.pointer, &text, Int32(text.count))
                drop(request)
            }
        } catch {
            drop(request)
        }
    }

    private static func drop(_ request: Request) {
        PQfreeCancel(request.pointer)
        underWay.subtract(1, ordering: .relaxed)
    }
}
