import Patience
import Platform

/// A host: a network namespace and the processes in it.
package struct NetworkHost: Sendable {
    package let name: String
    package let address: String

    /// A command that runs on the host.
    package func command(_ arguments: [String]) -> [String] { ["ip", "netns", "exec", name] + arguments }

    package func run(_ arguments: String...) throws { try Command.run(command(arguments)) }

    /// SIGKILL to every process of the host, as when its power fails.
    package func kill() throws {
        let pids = try Command.run("ip", "netns", "pids", name).split(separator: "\n").compactMap { Int32($0) }
        for pid in pids { ChildProcess.Signal.kill.send(to: pid) }
        _ = eventually { !pids.contains { Files.exists("/proc/\($0)/exe") } }
    }

    /// Makes ports of its 127.0.0.1 reachable at ``address``.
    package func publish(_ ports: [Int]) throws {
        for command in Self.publishing(ports, on: "eth0") { try Command.run(self.command(command)) }
    }

    /// Nothing passes between this host and the others from now on; nobody learns of it.
    package func cut(from others: [NetworkHost]) throws { try drop(others.map(\.address)) }

    /// Nothing passes between this host and the run itself from now on.
    package func cutFromRun() throws { try drop([Network.own]) }

    /// Nothing passes between this host and anybody else from now on, as when its power fails or its cable is pulled: no process of
    /// it can say goodbye.
    package func vanish() throws { try drop(["0.0.0.0/0"]) }

    private func drop(_ addresses: [String]) throws {
        try run("nft", "add", "table", "ip", "cut")
        for (chain, hook, side, device) in [("in", "input", "saddr", "iifname"), ("out", "output", "daddr", "oifname")]
        {
            try run("nft", "add chain ip cut \(chain) { type filter hook \(hook) priority 0 ; }")
            for address in addresses {
                try run("nft", "add rule ip cut \(chain) \(device) eth0 ip \(side) \(address) drop")
            }
        }
    }

    /// Ends these.
    package func heal() throws { try run("nft", "delete", "table", "ip", "cut") }

    static func publishing(_ ports: [Int], on device: String) -> [[String]] {
        [
            ["nft", "add table ip published"],
            ["nft", "add chain ip published in { type nat hook prerouting priority -100 ; }"],
        ] + ports.map { ["nft", "add rule ip published in iifname \(device) tcp dport \($0) dnat to 127.0.0.1:\($0)"] }
    }
}
