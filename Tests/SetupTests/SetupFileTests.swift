import Setup
import Testing

@Suite struct SetupFileTests {
    private let access = PretendHost.wishes.access

    private func rules(_ text: String) throws -> [String] {
        try access.access(text, path: "pg_hba.conf").split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.hasPrefix("#") }
    }

    @Test func ourRuleIsAboveThoseThatWouldBeUsedForOurRoles() throws {
        let lines = try rules(PretendHost.debianAccess)
        #expect(lines[0].hasPrefix("local   all             postgres"))
        #expect(lines[1] == access.accessLine && lines[2].hasPrefix("local   all             all"))
        for catching in [
            "local all all trust", "local hookledger +team peer", "local sameuser all peer", "local /^hook all peer",
            "local \"hookledger\" hookledger_reader scram-sha-256", "local a,hookledger @roles md5",
        ] {
            #expect(try rules(catching + "\n") == [access.accessLine, catching])
        }
        for other in ["local other all peer", "host all all ::1/128 md5", "local all postgres peer"] {
            #expect(try rules(other + "\n") == [other, access.accessLine])
        }
    }

    /// A rule that a person puts above ours later does not make ours useless.
    @Test func ourRuleMovesAboveALaterOne() throws {
        let first = try access.access(PretendHost.debianAccess, path: "f")
        #expect(try access.access(first, path: "f") == first)
        let harmless = "local all alice peer\n" + first
        #expect(try access.access(harmless, path: "f") == harmless)
        let lines = try rules("local all all md5\n" + first)
        #expect(lines[0] == access.accessLine && lines.count { $0 == access.accessLine } == 1)
    }

    @Test func theLineThatLockedPostgresOutIsReplaced() throws {
        let lines = try rules("local hookledger all peer map=hookledger\n" + PretendHost.debianAccess)
        #expect(!lines.contains { $0.hasPrefix("local hookledger all") } && lines.contains(access.accessLine))
    }

    @Test func linesThatAPersonWroteAreEnough() throws {
        let spaced = access.accessLine.replacing(" ", with: "\t ") + "  # by hand\n" + PretendHost.debianAccess
        #expect(try access.access(spaced, path: "f") == spaced)
        let below = PretendHost.debianAccess + access.accessLine + "\n"
        #expect(try access.access(below, path: "f") != below)
        let ident = access.identLines.map { $0 + "\n" }.joined()
        #expect(try access.ident(ident, path: "f") == ident)
    }

    @Test func aMarkWithoutItsPartnerStopsEverything() {
        for text in [
            MarkedText.begin + "\nlocal\n", MarkedText.end + "\n",
            MarkedText.begin + "\n" + MarkedText.begin + "\n" + MarkedText.end + "\n",
        ] {
            #expect(throws: SetupProblem.self) { try access.access(text, path: "f") }
            #expect(throws: SetupProblem.self) { try access.ident(text, path: "f") }
            #expect(throws: SetupProblem.self) { try NginxMain.raised(text, path: "f") }
        }
    }

    @Test(arguments: [
        PretendHost.debianMain, "events {\n}\n", "worker_rlimit_nofile 1024;\r\nevents {\r\n}\r\n", "events { }",
        "events { worker_connections 10; }\n", "", "# worker_connections 3;\nevents {\nworker_connections 20000;\n}\n",
    ]) func theLimitsOfNginxAreRaisedAndComeBack(text: String) throws {
        let raised = try NginxMain.raised(text, path: "f")
        #expect(try NginxMain.raised(raised, path: "f") == raised)
        #expect(try MarkedText(raised).withoutBlocks(of: "f").text == (text == "events { }" ? text + "\n" : text))
        if text.contains("768") {
            #expect(
                raised.contains("\tworker_connections 16384;\n") && raised.contains("worker_rlimit_nofile 65536;\n"))
            #expect(!raised.split(whereSeparator: \.isNewline).contains("\tworker_connections 768;"))
        }
        if text.contains("20000") { #expect(raised.contains("\nworker_connections 20000;\n")) }
    }

    @Test func secretsReplaceTheirOwnLinesOnly() {
        let lines = SecretLines([.init("A", "1"), .init("B", "two\nlines"), .init("C", "")])
        #expect(lines.set(in: "# A=0\nexport A=0\nX=1") == "# A=0\nA=1\nX=1\nB=\"two\\nlines\"\nC=\n")
        let once = lines.set(in: "")
        #expect(lines.set(in: once) == once)
    }

    @Test func theDifferenceIsThatOfDiff() {
        #expect(LineDiff.lines("a\nb\n", "a\nb\n") == [])
        #expect(LineDiff.lines(nil, "a\n") == ["@@ -0,0 +1,1 @@", "+a"])
        let old = (1...20).map { "\($0)\n" }
        var new = old
        new[9] = "ten\n"
        new.remove(at: 0)
        #expect(
            LineDiff.lines(old.joined(), new.joined()) == [
                "@@ -1,4 +1,3 @@", "-1", " 2", " 3", " 4", "@@ -7,7 +6,7 @@", " 7", " 8", " 9", "-10", "+ten", " 11",
                " 12", " 13",
            ])
    }

    @Test func anotherDefaultSiteKeepsItsPlace() {
        let site = "a\nserver {\n    ssl_reject_handshake on;\n}\n\nserver {\n    listen 443;\n}\n"
        #expect(NginxSite.withoutDefaultServer(site) == "a\n\nserver {\n    listen 443;\n}\n")
        #expect(NginxSite.withoutDefaultServer("server {\n}\n") == "server {\n}\n")
    }
}
