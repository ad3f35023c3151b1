import Platform
import StackSuite
import Testing

@testable import LocalStack

/// `hookledger up` brings the stand-in's host up to date, and leaves a developer's hosts where they are.
@Suite struct AddressGuardTests {
    private func line(_ written: String?, at host: String, before: String?) throws -> String {
        try TestStack.inFolder { path in
            let folder = StackFolder(path)
            let mark = "# the stand-in for Slack; kept up to date by hookledger up"
            if let written {
                try Files.write(
                    folder.configuration, text: "environment: development\n\(written)  \(mark)\nrules: []\n")
            }
            try DevelopmentConfiguration.ensure(
                in: folder, cluster: PostgresCluster(folder: path), slackHost: host, slackHostBefore: before)
            let text = try Files.readText(folder.configuration)
            #expect(written == nil || text.hasSuffix("\nrules: []\n"))
            let found = text.split(separator: "\n").filter { $0.hasSuffix(mark) }
            #expect(found.count == 1)
            return found.first.map { String($0.dropLast(mark.count + 2)) } ?? ""
        }
    }

    @Test(
        arguments: [
            (nil, nil, #"["127.0.0.1:2"]"#),
            ("address_guard: {}", nil, #"["127.0.0.1:2"]"#),
            (#"address_guard: { allow_private_hosts: ["127.0.0.1:1"] }"#, "127.0.0.1:1", #"["127.0.0.1:2"]"#),
            (
                #"address_guard: { allow_private_hosts: ["127.0.0.1:1", "erp.internal", 10.0.0.7] }"#, "127.0.0.1:1",
                #"["127.0.0.1:2", "erp.internal", 10.0.0.7]"#
            ),
            (
                #"address_guard: { allow_private_hosts: ["127.0.0.1:9000", "127.0.0.1:1"] }"#, "127.0.0.1:1",
                #"["127.0.0.1:2", "127.0.0.1:9000"]"#
            ),
            (
                #"address_guard: { allow_private_hosts: ["127.0.0.1:9000"] }"#, nil,
                #"["127.0.0.1:2", "127.0.0.1:9000"]"#
            ),
        ] as [(String?, String?, String)])
    func keepsWhatWasAdded(written: String?, before: String?, hosts: String) throws {
        #expect(
            try line(written, at: "127.0.0.1:2", before: before) == "address_guard: { allow_private_hosts: \(hosts) }")
    }

    @Test func leavesALineOfAnotherFormAlone() throws {
        let own = "address_guard: { allow_private_hosts: erp.internal }"
        #expect(try line(own, at: "127.0.0.1:2", before: nil) == own)
    }
}
