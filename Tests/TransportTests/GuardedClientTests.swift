import LocalStack
import Outbound
import Platform
import TestThreads
import Testing
import Transport

/// The guard at work in the client: every spelling of an address meets the same check when the connection is made.
@Suite(.blocking) struct GuardedClientTests {
    let server: LoopbackServer
    let client: HTTPClient

    init() throws {
        server = try LoopbackServer()
        client = try HTTPClient()
    }

    @Test(arguments: [
        "127.0.0.1", "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "localhost", "LOCALHOST", "[::ffff:127.0.0.1]",
        "[::1]", "[::]", "0.0.0.0", "0", "[::ffff:7f00:1]",
    ])
    func refusesEverySpellingOfLoopback(host: String) throws {
        let failure = try #require(throws: OutboundFailure.self) {
            _ = try client.perform(HTTPRequest(method: "GET", url: server.url("/secret", host: host)))
        }
        #expect([.guarded, .invalidRequest].contains(failure.kind))
        #expect(failure.reach == .notSent)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: ["169.254.169.254", "[fd00:ec2::254]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "10.0.0.1"])
    func refusesMetadataAndPrivateNetworks(host: String) throws {
        let failure = try #require(throws: OutboundFailure.self) {
            _ = try client.perform(
                HTTPRequest(method: "GET", url: "http://\(host)/latest", connectTimeout: .milliseconds(500)))
        }
        #expect(failure.kind == .guarded)
    }

    @Test func theAllowListOpensOneHostAndPortOnly() throws {
        let open = try HTTPClient(
            HTTPClient.Configuration(addressGuard: AddressGuard(allowing: ["localhost:\(server.port)"])))
        #expect(try open.perform(HTTPRequest(method: "GET", url: server.url("/x", host: "localhost"))).status == 200)
        let failure = try #require(throws: OutboundFailure.self) {
            _ = try open.perform(HTTPRequest(method: "GET", url: server.url("/x")))
        }
        #expect(failure.kind == .guarded)
    }

    @Test func takesNoProxyFromTheEnvironmentButTheConfiguredOne() throws {
        // In a process of its own: the environment belongs to all threads.
        let output = try ChildProcess.run(
            ChildCommand(
                [Executable.folder() + "/FetchOnce", server.url("/x", host: "localhost")],
                environment: ["http_proxy": server.url("/proxy"), "ALL_PROXY": server.url("/proxy")]))
        #expect(output.text == "200")
        // A proxy would have received an absolute URL in its request line.
        #expect(server.requests.first?.hasPrefix("GET /x ") == true)
        let proxied = try HTTPClient(HTTPClient.Configuration(proxy: server.url("")))
        _ = try proxied.perform(HTTPRequest(method: "GET", url: "http://shop.example/y"))
        #expect(server.requests.last?.hasPrefix("GET http://shop.example/y ") == true)
    }
}
