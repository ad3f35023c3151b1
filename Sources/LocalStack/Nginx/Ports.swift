internal import Platform

/// TCP ports of this machine, as the kernel lists them (proc(5), /proc/net/tcp and tcp6). A check, not a reservation:
/// binding may still fail.
package enum Ports {
    /// Whether a program listens on the port, on any address.
    static func isTaken(_ port: Int) -> Bool { listening().contains(port) }

    /// Free ports below the kernel's range for outgoing connections.
    ///
    /// - Throws: `StackError` if too few are free.
    package static func free(_ count: Int) throws(StackError) -> [Int] {
        let taken = listening()
        var found: Set<Int> = []
        for _ in 0..<1_000 where found.count < count {
            let port = Int.random(in: 20_000..<32_000)
            if !taken.contains(port) { found.insert(port) }
        }
        guard found.count == count else { throw StackError(.failed, "no \(count) free ports between 20000 and 32000") }
        return Array(found)
    }

    private static func listening() -> Set<Int> {
        var ports: Set<Int> = []
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            for line in ((try? Files.readText(table)) ?? "").lines().dropFirst() {
                // sl local_address rem_address st …; the address ends in ":PORT", hexadecimal; state 0A is LISTEN.
                let fields = line.split(separator: " ", maxSplits: 4)
                guard fields.count > 3, fields[3] == "0A", let port = fields[1].split(separator: ":").last else {
                    continue
                }
                if let number = Int(port, radix: 16) { ports.insert(number) }
            }
        }
        return ports
    }
}
