import LocalStack
import Platform
import StackSuite
import Testing

extension Attacks {
    /// The example of SECURITY.md, in a network of its own, with a smaller number: it holds the address that has too
    /// many connections, and no other.
    @Test func theFirewallExampleBoundsOneAddress() async throws {
        try await attack(5, "connections of one address behind the nftables example") { count in
            let share = try Executable.share(of: try Executable.folder())
            let text = try Files.readText(share + "/SECURITY.md")
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let start = try #require(lines.firstIndex { $0.hasPrefix("    table inet hookledger") })
            var table = ""
            for line in lines[start...] {
                table += line + "\n"
                if line == "    }" { break }
            }
            let file = stack.folder.path + "/nftables"
            #expect(table.hasSuffix("}\n"), "\(table)")
            try Files.write(file, text: table)
            let checked = try ChildProcess.run(ChildCommand(["unshare", "-n", "nft", "-c", "-f", file]))
            count.expect(checked.succeeded, "nft refuses the example: \(checked.errorText)")
            try Files.write(file, text: table.replacing("over 4096", with: "over 5"))
            let script = """
                import socket
                server = socket.create_server(("0.0.0.0", 443), backlog=64)
                def reach(address):
                    s = socket.socket(); s.bind((address, 0)); s.settimeout(0.3)
                    try: s.connect(("127.0.0.1", 443))
                    except OSError: return None
                    return s
                kept = [reach("127.0.0.2") for _ in range(10)]
                print(sum(s is not None for s in kept), reach("127.0.0.3") is not None)
                """
            let output = try ChildProcess.run(
                ChildCommand([
                    "unshare", "-n", "sh", "-euc", #"ip link set lo up; nft -f "$1"; exec python3 -c "$2""#, "sh", file,
                    script,
                ]))
            count.expect(
                output.text.split(separator: "\n") == ["5 True"],
                "of 10 connections and 1: \(output.text) \(output.errorText)")
        }
    }
}
