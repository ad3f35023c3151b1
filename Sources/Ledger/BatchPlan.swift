import Platform

/// Chooses the deliveries of one batch: at most one per event and per row, so that the state of a row is computed one
/// event at a time and no statement meets a row twice. The rest waits for the next batch.
public enum BatchPlan {
    /// The most deliveries of a batch. A larger one would not be faster, and a bad delivery in it would cost more to find. A router cuts
    /// a batch by its cells: as most of what a batch costs does not depend on its size, each is to have a part that is as large.
    /// - Parameter cells: of the router; 0 for one database.
    public static func limit(cells: Int) -> Int { 256 * max(1, min(cells, 4)) }

    /// The places (indices into `waiting`) of the next batch, in order.
    ///
    /// Earlier deliveries go first; one whose event or row is already taken stays behind together with every later
    /// one of the same, so that the order of arrival is kept.
    /// - Parameters:
    ///   - keys: for every waiting delivery, in order of arrival, its event and rows.
    ///   - limit: how many the batch may hold.
    /// - Complexity: O(number of keys looked at).
    public static func next(_ keys: some Sequence<[ConflictKey]>, limit: Int) -> [Int] {
        var taken = Set<ConflictKey>()
        var places: [Int] = []
        for (place, own) in keys.enumerated() {
            if places.count == limit { break }
            let isFree = own.allSatisfy { !taken.contains($0) }
            if !Mutation.isOn("batch-holds-a-row-twice") { taken.formUnion(own) }
            if isFree { places.append(place) }
        }
        return places
    }
}
