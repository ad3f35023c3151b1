import Glibc
import JSON
import LocalStack
import Patience
import Platform
import Postgres
import StackSuite
import Testing

/// Two real servers, and programs that know both hosts.
@Suite(.place, .serialized) struct SeveralHostsTests {
    /// Waits until deliveries are stored on that server, and the pages name it.
    private func expect(_ host: SpoolHost, on server: PostgresCluster) throws {
        var page = JSONValue.null
        let isSo = try eventually {
            page = try host.page("/ready").values
            return page["storing"] == true && page["database_host"]?.string == server.layout.sockets
        }
        #expect(isSo, "\(page.text)")
        #expect(page["database_role"] == "primary")
        let health = try host.page("/health").values
        #expect(health["database_host"]?.string == server.layout.sockets && health["database_role"] == "primary")
    }

    private func count(_ order: String, on server: PostgresCluster) throws -> Int {
        try Connection(conninfo: server.conninfo(), applicationName: "hookledger-tests").query(
            "select count(*) from hookledger.orders where order_id = $1", [.text(order)]
        ).only().int(0)
    }

    @Test func theServerThatTakesWritesIsUsed() throws {
        let host = try SpoolHost(withStandby: true)
        defer { host.end() }
        let second = try #require(host.standby)
        try expect(host, on: host.cluster)
        #expect(host.post("first").status == 200)
        #expect(try eventually { try count("first", on: second) == 1 })

        // The first one dies, and the second one takes over.
        host.cluster.crash()
        _ = try Connection(conninfo: second.conninfo(), applicationName: "hookledger-tests").query(
            "select pg_promote()")
        try expect(host, on: second)
        #expect(host.post("second").status == 200)
        #expect(try eventually { try count("second", on: second) == 1 })

        // It comes back as a standby, the first of the hosts that the programs know.
        try PhysicalCopy.follow(second, in: host.cluster)
        try host.cluster.start()
        host.killResponder()
        try host.startResponder()
        try expect(host, on: second)
        #expect(host.post("third").status == 200)
        #expect(try eventually { try count("third", on: second) == 1 })
        let doctor = try host.tool("doctor").text
        #expect(doctor.contains("server: \(second.layout.sockets) is a primary"), "\(doctor)")
        #expect(try host.startBatch().wait(timeout: .seconds(patience)) == .exited(0))

        // Only the standby is left: it is said that it takes no writes.
        second.stop()
        var page = JSONValue.null
        let isSaid = try eventually {
            page = try host.page("/health").values
            return page["database"] == "read_only"
        }
        #expect(isSaid, "\(page.text)")
    }

    /// Whoever wants a standby says so.
    @Test func theConninfoHasTheLastWord() throws {
        let host = try SpoolHost(withStandby: true)
        defer { host.end() }
        let second = try #require(host.standby)
        let both = "host=\(second.layout.sockets),\(host.cluster.layout.sockets) user=postgres dbname=postgres"
        let usual = try Connection(conninfo: both, applicationName: "hookledger-tests")
        #expect(usual.server?.host == host.cluster.layout.sockets && usual.server?.role == .primary)
        let any = try Connection(conninfo: both + " target_session_attrs=any", applicationName: "hookledger-tests")
        #expect(any.server?.host == second.layout.sockets && any.server?.role == .standby)
        #expect(any.server?.encoding == "UTF8")
    }

    /// One name for both hosts, as a name server gives it: whichever comes first, the one that takes writes is used.
    @Test(.enabled(if: TestStack.canUnshare, "needs root and unshare(1), so that only this test knows the name"))
    func aNameWithTheAddressesOfBothFindsThePrimary() throws {
        try TestStack.inFolder { folder in
            // Of all of 127.0.0.0/8, addresses of this process.
            let addresses = [5, 6].map { "127.\(getpid() / 256 % 200 + 10).\(getpid() % 256).\($0)" }
            let clusters = try zip(["first", "second"], addresses).map { name, address in
                var options = PostgresCluster.Options()
                options.settings["listen_addresses"] = address
                return try PhysicalCopy.cluster("\(folder)/\(name)", options)
            }
            defer { for cluster in clusters { cluster.stop() } }
            let (primary, standby) = (clusters[0], clusters[1])
            try primary.start()
            let rules = primary.layout.data + "/pg_hba.conf"
            try Files.write(rules, text: "host all all 127.0.0.0/8 trust\n" + Files.readText(rules))
            let person = try Connection(conninfo: primary.conninfo(), applicationName: "tests")
            try person.execute("select pg_reload_conf()")
            try PhysicalCopy.follow(primary, in: standby)
            try standby.start()
            for (number, order) in [addresses, addresses.reversed()].enumerated() {
                let hosts = "\(folder)/hosts"
                try Files.write(hosts, text: order.map { "\($0) ledger.test\n" }.joined())
                let output = try ChildProcess.run(
                    ChildCommand([
                        "unshare", "--mount", "sh", "-euc", #"mount --bind "$1" /etc/hosts; shift; exec "$@""#, "sh",
                        hosts, try Executable.folder() + "/hookledger", "migrate", "--database",
                        "host=ledger.test user=postgres dbname=postgres",
                    ]), timeout: .seconds(120))
                #expect(output.succeeded, "\(number): \(output.text) \(output.errorText)")
            }
            #expect(try person.query("select count(*) from hookledger.events").only().int(0) == 0)
        }
    }
}
