import FaultSupport
import Glibc
import Platform

/// Hosts on one machine: network namespaces on a bridge (ip-netns(8)), in a network namespace of the run's own, so that all of
/// it ends with the run.
package struct Network {
    /// The address of the run itself.
    package static let own = "10.77.0.1"
    private static let bridge = "hl0"

    /// Why there can be none; nil if there can.
    /// - Parameter programs: what runs on the hosts.
    package static func reason(needing programs: [String]) -> String? {
        if geteuid() != 0 { return "needs root" }
        // scripts/in-namespaces has namespaces of its own where it may, and says so.
        if Environment.value(of: "OWN_NAMESPACES") != "1" { return "needs namespaces of its own (unshare)" }
        let absent = (["ip", "nft"] + programs).filter { !Command.exists($0) }
        return absent.isEmpty ? nil : "needs \(absent.joined(separator: ", "))"
    }

    /// Makes the bridge.
    package init() throws {
        try Files.makeFolder("/run/netns")
        try Command.run("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
        try Command.run("ip", "link", "set", "lo", "up")
        try Command.run("ip", "link", "add", Self.bridge, "type", "bridge")
        try Command.run("ip", "address", "add", Self.own + "/24", "dev", Self.bridge)
        try Command.run("ip", "link", "set", Self.bridge, "up")
        try Command.run("sysctl", "-q", "-w", "net.ipv4.conf.all.route_localnet=1")
    }

    /// Adds a host.
    package func host(_ name: String, _ number: Int) throws -> NetworkHost {
        let host = NetworkHost(name: name, address: "10.77.0.\(number)")
        try Command.run("ip", "netns", "add", name)
        try Command.run("ip", "link", "add", "v" + name, "type", "veth", "peer", "name", "eth0", "netns", name)
        try Command.run("ip", "link", "set", "v" + name, "master", Self.bridge, "up")
        try host.run("ip", "link", "set", "lo", "up")
        try host.run("ip", "address", "add", host.address + "/24", "dev", "eth0")
        try host.run("ip", "link", "set", "eth0", "up")
        try host.run("sysctl", "-q", "-w", "net.ipv4.conf.all.route_localnet=1")
        return host
    }

    /// Makes ports of the run's 127.0.0.1 reachable from the hosts at ``own``.
    package func publish(_ ports: [Int]) throws {
        for command in NetworkHost.publishing(ports, on: Self.bridge) { try Command.run(command) }
    }
}
