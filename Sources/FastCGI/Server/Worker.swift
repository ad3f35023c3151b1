import Platform
import Synchronization

/// One thread of the server: writes finished answers, then accepts, reads and handles new requests.
struct Worker: ~Copyable {
    let shared: Shared
    private let poller: Poller
    private var isWatchingListener = false

    init(_ shared: Shared) throws(SystemCallError) {
        let poller = try Poller()
        try poller.add(shared.finished.descriptor, exclusive: true)
        try poller.add(shared.stopEvent.descriptor, exclusive: false)
        self.poller = poller
        self.shared = shared
    }

    /// Accepts and answers until the server stops.
    mutating func serve() throws(ServerError) {
        while !shared.isStopping {
            try watchListener(!shared.capacity.isFull)
            // A worker that has taken itself off the listener is woken by the answers it writes; those that another
            // worker wrote are seen after these few milliseconds.
            poller.wait(milliseconds: isWatchingListener ? nil : 10)
            answer(shared.finished.takeAll())
            try acceptSome()
        }
        try watchListener(false)
    }

    /// Answers the requests in flight; returns when there are none, or the drain timeout is over.
    mutating func drain() {
        poller.remove(shared.stopEvent.descriptor)
        while shared.capacity.inFlight > 0, !shared.isOverdue {
            answer(shared.finished.takeAll())
            if shared.capacity.inFlight > 0 { poller.wait(milliseconds: 5) }
        }
    }

    /// EPOLLEXCLUSIVE forbids EPOLL_CTL_MOD, so the listener is taken out and put back (epoll_ctl(2)).
    private mutating func watchListener(_ wanted: Bool) throws(ServerError) {
        guard wanted != isWatchingListener else { return }
        isWatchingListener = wanted
        guard wanted else { return poller.remove(shared.listener.descriptor) }
        do throws(SystemCallError) {
            try poller.add(shared.listener.descriptor, exclusive: true)
        } catch { throw .listener(error) }
    }

    private func answer(_ finished: [(Connection, Response)]) {
        for (connection, response) in finished {
            connection.finish(response)
            shared.capacity.give()
        }
    }

    /// A few at a time, so that a full listen queue delays neither answers nor the stop.
    private func acceptSome() throws(ServerError) {
        for _ in 0..<16 where !shared.isStopping {
            guard shared.capacity.take() else { return }
            switch shared.listener.accept() {
            case .connection(let socket):
                receive(from: socket)
                if !shared.finished.isEmpty { answer(shared.finished.takeAll()) }
            case .gone:
                shared.capacity.give()
            case .nobody:
                return shared.capacity.give()
            case .exhausted(let error):
                shared.capacity.give()
                shared.notify(.exhausted(error))
                return SystemClock.sleep(milliseconds: 100)
            case .broken(let error):
                shared.capacity.give()
                throw .listener(error)
            }
        }
    }
}
