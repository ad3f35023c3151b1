import Outbound
import TestThreads
import Testing

@testable import Transport

@Suite(.blocking) struct AddressGuardTests {
    @Test(arguments: [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.255", "224.0.0.1", "255.255.255.255", "198.19.0.1",
        "168.63.129.16", "::1", "::", "fe80::1", "fd00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2001:0:1::", "::ffff:0:192.168.0.1",
    ])
    func refusesWhatIsNotPublic(address: String) throws {
        let address = try #require(IPAddress(address))
        #expect(AddressGuard.objection(to: address) != nil)
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "169.253.1.1", "11.0.0.1",
        "2606:4700::1111", "2002:0808:0808::1", "64:ff9b::808:808", "::ffff:8.8.8.8", "223.255.255.255",
    ])
    func letsPublicAddressesPass(address: String) throws {
        let address = try #require(IPAddress(address))
        #expect(AddressGuard.objection(to: address) == nil)
    }

    @Test func comparesTheAllowListWithTheHostOfTheURL() throws {
        let guarded = AddressGuard(allowing: ["Localhost:8080", "internal.example", "::1", "[fd00::1]:99"])
        func allows(_ url: String) throws -> Bool { guarded.allows(try #require(RequestTarget(connecting: url))) }
        #expect(try allows("http://localhost:8080/x"))
        #expect(try allows("https://INTERNAL.example./x"))
        #expect(try allows("http://[::1]:7/"))
        #expect(try allows("http://[fd00::1]:99/"))
        #expect(try !allows("http://localhost:8081/"))
        #expect(try !allows("http://[fd00::1]/"))
        #expect(try !allows("http://internal.example@evil.example/"))
        #expect(try !allows("http://internal.example.evil.example/"))
    }
}
