import Platform
import TestThreads
import Testing

@testable import Tool

/// Whether nginx has room for connections and for bodies.
@Suite(.blocking) final class NginxDoctorTests {
    private let folder: String

    init() throws { folder = try Files.makeTemporaryFolder() }

    deinit { try? Files.remove(folder) }

    private func findings(_ main: String, site: String? = "server { }") throws -> [Finding] {
        try Files.write(folder + "/nginx.conf", text: main)
        if let site { try Files.write(folder + "/site.conf", text: site) }
        return NginxDoctor(main: folder + "/nginx.conf", site: folder + "/site.conf").findings()
    }

    @Test func asksForConnectionsAndFiles() throws {
        #expect(try findings("events { }", site: nil).isEmpty, "nothing of ours is there")
        let debian = try findings("user www-data;\nevents {\n\tworker_connections 768;\n\t# multi_accept on;\n}\n")
        #expect(debian.map(\.grade) == [.warning])
        #expect(debian.first?.advice?.contains("worker_connections 16384") == true)
        #expect(debian.first?.advice?.contains("worker_rlimit_nofile 65536") == true)
        let half = try findings("worker_rlimit_nofile 65536;\nevents { # worker_connections 16384;\n}\n")
        #expect(half.first?.grade == .warning && half.first?.advice?.contains("nofile") == false)
        #expect(
            try findings("worker_rlimit_nofile 65536; events { worker_connections 16384; }").map(\.grade) == [.ok])
    }

    @Test func looksAtTheRoomForBodies() throws {
        let good = "worker_rlimit_nofile 65536; events { worker_connections 20000; }"
        let found = try findings(good, site: "server {\n    client_body_temp_path \(folder)/bodies;\n}\n")
        #expect(found.count == 2 && found.last?.check == "nginx bodies")
        #expect(found.last?.message.hasSuffix("MiB are free for bodies in \(folder)/bodies") == true)
        let nowhere = try findings(good, site: "server { client_body_temp_path /nowhere/at/all; }")
        #expect(nowhere.last?.grade == .skipped)
    }
}
