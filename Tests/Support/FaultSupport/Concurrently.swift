internal import Platform

/// Does something for each of a few, in a thread each, and waits for all of them.
/// - Throws: what one of them threw.
public func concurrently<Item: Sendable>(
    _ items: [Item], _ perform: @escaping @Sendable (Item) throws -> Void
) throws {
    let failures = Locked<[any Error]>([])
    let threads = try items.map { item in
        try Thread(name: "concurrently") {
            do { try perform(item) } catch { failures.withLock { $0.append(error) } }
        }
    }
    for thread in threads { thread.join() }
    if let failure = failures.withLock({ $0.first }) { throw failure }
}
