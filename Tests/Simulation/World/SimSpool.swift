/// The folder of the spool. A file is whole, or it is not there.
final class SimSpool {
    struct File {
        let number: Int64
        let deliveries: [SimDelivery]
        var postponedUntil: Int64 = 0
        var tries = 0
    }

    private(set) var files: [File] = []
    private var lastNumber: Int64 = 0
    /// Whether nothing can be written.
    var isFull = false

    func has(_ event: Int64) -> Bool { files.contains { $0.deliveries.contains { $0.event == event } } }

    /// - Returns: whether all are kept, or none.
    func keep(_ deliveries: [SimDelivery], postponedUntil: Int64 = 0, tries: Int = 0) -> Bool {
        if isFull { return false }
        lastNumber += 1
        files.append(
            File(number: lastNumber, deliveries: deliveries, postponedUntil: postponedUntil, tries: tries))
        return true
    }

    func remove(_ number: Int64) { files.removeAll { $0.number == number } }
}
