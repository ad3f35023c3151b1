import LocalStack
import Platform
import Setup
import StackSuite
import Testing

@testable import Tool

/// `hookledger setup` on a copy of this machine, and the pages and files that say the same by hand.
@Suite(.place) struct SetupHostTests {
    private let root: String

    init() throws { root = try Executable.share(of: Executable.folder()) }

    @Test(.enabled(if: TestStack.canUnshare && Files.exists("/usr/bin/pg_ctlcluster"), "needs root and unshare(1)"))
    func aHostIsSetUpAndWhatIsRefusedIsUndone() throws {
        let command = ChildCommand([root + "/Tests/Support/setup-host", root])
        let output = try ChildProcess.run(command, timeout: .seconds(900))
        let lines = output.text.split(whereSeparator: \.isNewline).map(String.init)
        #expect(lines.last == "end", "\(output.text)\n\(output.errorText)")
        let failed = lines.filter { !$0.hasPrefix("ok ") && $0 != "end" }
        #expect(failed == [], "\(failed.joined(separator: "\n"))")
        #expect(lines.count { $0.hasPrefix("ok ") } > 60)
    }

    @Test func theLinesByHandAreThoseOfSetup() throws {
        let access = SetupHost.access("hookledger")
        for file in ["docs/install.md", "packaging/host/setup-users"] {
            let lines = Set(
                try Files.readText("\(root)/\(file)").split(whereSeparator: \.isNewline)
                    .map { String($0.drop { $0 == " " }) })
            for line in access.identLines + [access.accessLine] { #expect(lines.contains(line), "\(file): \(line)") }
        }
        let page = try Files.readText(root + "/docs/install.md").replacing(" \\\n        ", with: " ")
        for pool in Pool.allCases {
            #expect(page.contains(pool.spawn(["-n"]).joined(separator: " ")), "\(pool)")
            let socket = try Files.readText("\(root)/packaging/systemd/\(pool.socketUnit)")
            #expect(socket.contains("ListenStream=\(pool.socket)\n"))
            #expect(Files.exists("\(root)/packaging/systemd/\(pool.serviceUnit)"))
        }
        #expect(Files.exists("\(root)/packaging/systemd/\(SetupPlan.watchUnit)"))
        let site = try Files.readText(root + "/nginx/hookledger.conf")
        for pool in Pool.allCases { #expect(site.contains("unix:\(pool.socket);")) }
    }

    @Test func theSiteWithoutItsDefaultServerHasTheOthers() throws {
        let site = try Files.readText(root + "/nginx/hookledger.conf")
        let shorter = NginxSite.withoutDefaultServer(site)
        #expect(!shorter.contains("default_server;") && !shorter.contains("ssl_reject_handshake on"))
        #expect(shorter.split(whereSeparator: \.isNewline).count { $0 == "server {" } == 2)
    }
}
