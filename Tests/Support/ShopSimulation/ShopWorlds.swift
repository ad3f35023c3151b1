internal import Platform
internal import Settings

/// Worlds of one configuration, which tests take one after the other: a database, a stand-in and their sessions cost more than
/// most tests. Each test gets a world as it was at first.
package final class ShopWorlds: Sendable {
    /// Those of the configuration without changes.
    package static let plain = ShopWorlds { try ShopWorld(now: SystemClock.now) }

    private let make: @Sendable () throws -> ShopWorld
    private let free = Locked<[Kept]>([])

    /// @unchecked: one test has it at a time.
    private struct Kept: @unchecked Sendable {
        let world: ShopWorld
    }

    /// - Parameter make: makes a further one.
    package init(_ make: @escaping @Sendable () throws -> ShopWorld) { self.make = make }

    /// A world that is the caller's own until this value ends.
    package final class Borrowed {
        /// The world.
        package let world: ShopWorld
        private let owner: ShopWorlds

        fileprivate init(_ world: ShopWorld, of owner: ShopWorlds) {
            self.world = world
            self.owner = owner
        }

        deinit {
            let kept = Kept(world: world)
            owner.free.withLock { $0.append(kept) }
        }
    }

    /// Takes a free world, or makes one.
    package func borrow() throws -> Borrowed {
        if let kept = free.withLock({ $0.popLast() }) {
            try kept.world.reset()
            return Borrowed(kept.world, of: self)
        }
        return Borrowed(try make(), of: self)
    }
}
