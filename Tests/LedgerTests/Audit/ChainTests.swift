import Crypto
import Ledger
import LedgerSupport
import Platform
import Postgres
import Settings
import TestThreads
import Testing
import Webhooks

/// The chain over the operator log: whatever is done to it without the key is found.
@Suite(.blocking) struct ChainTests {
    private let ledger: LedgerFixture
    private let key = KeyFile(SecretBytes([UInt8](repeating: 7, count: 32)))
    private let now = Guide.now

    init() throws { ledger = try LedgerFixture() }

    private func deed(_ subject: String, reason: String? = "why", as role: String = "hookledger_operator") throws {
        try OperatorLog.write(
            actor: "cli:anna", action: "dead.discard", subject: subject, reason: reason, on: ledger.connect(as: role))
    }

    private func seal() throws -> Chain.Report {
        try Chain(key: key).seal(at: now, over: ledger.connect(as: "hookledger_batch"))
    }

    private func verify(link: Chain.Position? = nil, key: KeyFile? = nil) throws -> ChainVerifier.Report {
        try ChainVerifier(key: key ?? self.key).run(link: link, over: ledger.connect(as: "hookledger_operator"))
    }

    private func faults(link: Chain.Position? = nil) throws -> [String] { try verify(link: link).faults.map(\.text) }

    /// Six rows with links, one of them of an audit.
    private func filled() throws -> Chain.Position {
        for number in 1...5 { try deed("job:\(number)", as: number == 3 ? "hookledger_api" : "hookledger_operator") }
        let scope = Audit.Scope(files: [], since: nil, now: now, retention: .standard)
        _ = try AuditBooks.record(
            AuditBooks.Result(
                host: "h", kind: .manual, actor: "cli:anna", scope: scope, startedAt: now, counts: AuditCounts()),
            canaryAt: nil, on: ledger.connect(as: "hookledger_batch"))
        return try #require(try seal().newest)
    }

    @Test func everyRowGetsItsLinkOnce() throws {
        #expect(try seal().newest == nil)
        try deed("job:1")
        #expect(try verify().unsealed == 1)
        let first = try seal()
        #expect(first.links == 1 && first.newest?.seq == 1)
        #expect(try seal().links == 0)
        let report = try verify(link: filled())
        #expect(report.faults.isEmpty && report.links == 7 && report.unsealed == 0 && report.oldest == 1)
        #expect(report.newest?.seq == 7)
        #expect(try faults(link: first.newest) == [])
        // A link says nothing about a person.
        #expect(
            try ledger.value("select count(*) from chain_links where encode(content, 'escape') ~ 'anna|why'") == "0")
    }

    /// What is done, and what the verifier says of it.
    @Test(
        arguments: [
            ("update operator_log set subject = 'job:9' where id = 2", ["row of operator_log 2 was changed"]),
            ("update operator_log set at = at + interval '1 s' where id = 2", ["row of operator_log 2 was changed"]),
            (
                "update operator_log set reason = 'other', link = null where id = 2",
                ["row of operator_log 2 was changed"]
            ),
            ("update audits set missing = 1", ["audit 1 was changed"]),
            ("delete from operator_log where id = 2", ["row of operator_log 2 is missing"]),
            (
                "update operator_log set link = 5 - link where id in (2, 3)",
                [
                    "row of operator_log 3 names link 2, an older one",
                    "row of operator_log 2 names a link that is not its own",
                    "row of operator_log 3 names a link that is not its own",
                ]
            ),
            (
                "insert into operator_log (actor, action, subject, link) values ('a', 'b', 'c', 3)",
                ["row of operator_log 6 names a link that is not its own"]
            ),
            (
                "update chain_links set content = '\\x00' where seq = 2",
                [
                    "it was changed, or the link before it was", "row of operator_log 2 was changed",
                ]
            ),
            (
                "update chain_links set at = at + interval '1 s' where seq = 2",
                ["it was changed, or the link before it was"]
            ),
            (
                "update chain_links set mac = sha256('x') where seq = 2",
                [
                    "it was changed, or the link before it was", "it was changed, or the link before it was",
                ]
            ),
            (
                "delete from chain_links where seq = 2",
                [
                    "link 2 is missing before it", "row of operator_log 2 names a link that is not its own",
                ]
            ),
            (
                "delete from chain_links where seq = 1; delete from operator_log where id = 1",
                [
                    "the links before it are missing, and no checkpoint removed them",
                    "it was changed, or the link before it was",
                ]
            ),
            (
                "update chain_links set seq = 100 where seq = 2; update chain_links set seq = 2 where seq = 3; update chain_links set seq = 3 where seq = 100",
                [
                    "it was changed, or the link before it was", "it was changed, or the link before it was",
                    "it was changed, or the link before it was",
                ]
            ),
            (
                "delete from chain_links where seq > 4; delete from operator_log where link > 4; delete from audits",
                ["the newest link is missing: the chain was cut off"]
            ),
        ])
    func aChangeIsFound(_ change: String, _ found: [String]) throws {
        _ = try filled()
        #expect(try faults() == [])
        try ledger.superuser.execute(change)
        let faults = try faults()
        #expect(faults.filter { found.contains($0) }.count >= found.count, "\(faults)")
    }

    /// With its head the cut chain is whole again, and only the log knows better.
    @Test func aChainThatWasCutOffWithItsHeadIsFoundByTheLog() throws {
        let newest = try filled()
        let earlier = try #require(
            try ledger.value("select '4:' || encode(mac, 'hex') from chain_links where seq = 4").flatMap {
                Chain.Position($0)
            })
        try ledger.superuser.execute(
            """
            delete from chain_links where seq > 4; delete from operator_log where link > 4; delete from audits;
            update chain_head set seq = 4, mac = (select mac from chain_links where seq = 4)
            """)
        #expect(try faults() == [])
        #expect(try faults(link: earlier) == [])
        #expect(try faults(link: newest) == ["the log has this link and the database does not: the chain was cut off"])
        // Cut off and made again, which needs the key.
        try deed("job:7")
        try deed("job:8")
        _ = try seal()
        #expect(try faults(link: newest) == ["the log has another code for this link"])
    }

    @Test func anotherKeyIsNamed() throws {
        _ = try filled()
        let other = KeyFile(SecretBytes([UInt8](repeating: 8, count: 32)))
        #expect(
            try verify(key: other).faults.first?.text == "it was made with key \(key.id), this host has \(other.id)")
    }

    @Test func aRedactionLeavesALinkOfItsOwn() throws {
        _ = try filled()
        try ledger.superuser.execute("select redact_texts('{operator_log}', '{2}', '{0}', array[now()], '{\"\"}')")
        #expect(try verify().faults.isEmpty && verify().unsealed == 1)
        #expect(try seal().links == 1)
        let report = try verify()
        #expect(report.faults.isEmpty && report.redacted == 1 && report.links == 7)
        // What else is changed, and marked as if it were one, gets no link.
        try ledger.superuser.execute("update operator_log set actor = 'cli:bert', link = null where id = 3")
        #expect(try seal().changed == [3])
        #expect(try faults() == ["row of operator_log 3 was changed"])
        try ledger.superuser.execute("update operator_log set details = '{\"run\": 1}', link = null where id = 4")
        #expect(try seal().changed == [3, 4])
    }

    @Test func itIsPrunedUpToACheckpointOnly() throws {
        let chain = Chain(key: key)
        _ = try filled()
        let person = try ledger.connect(as: "hookledger_operator")
        #expect(throws: PostgresError.self) { try person.query("select prune_chain(3)") }
        #expect(try chain.prune(before: now, at: now, over: person) == nil)
        try ledger.superuser.execute("select set_config('test.x', '', false)")
        for number in 11...12 { try deed("job:\(number)") }
        _ = try Chain(key: key).seal(at: now.advanced(bySeconds: 60), over: person)
        let pruned = try #require(try chain.prune(before: now.advanced(bySeconds: 30), at: now, over: person))
        #expect(pruned.until == 6 && pruned.links == 6 && pruned.deeds == 5 && pruned.audits == 1)
        let report = try verify(link: pruned.checkpoint)
        #expect(report.faults.isEmpty && report.oldest == 7 && report.links == 3)
        try ledger.superuser.execute("delete from chain_links where seq = 7; delete from operator_log where link = 7")
        #expect(try faults().first == "the links before it are missing, and no checkpoint removed them")
    }

    /// Two programs with the key, and rows that others add meanwhile.
    @Test func twoSealAtOnce() throws {
        let (batch, person) = (
            try LedgerFixture.conninfo(ledger.database, "hookledger_batch"),
            try LedgerFixture.conninfo(ledger.database, "hookledger_operator")
        )
        let failures = Locked<[String]>([])
        let threads = try (0..<4).map { number in
            try Platform.Thread(name: "chain-\(number)") { [key, now] in
                do {
                    let connection = try LedgerFixture.connection(number < 2 ? batch : person)
                    for turn in 0..<25 {
                        if number == 3 {
                            try OperatorLog.write(
                                actor: "cli:x", action: "dead.retry", subject: "job:\(turn)", reason: nil,
                                on: connection)
                        } else {
                            _ = try Chain(key: key).seal(at: now, over: connection)
                        }
                    }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(failures.withLock { $0 } == [])
        _ = try seal()
        let report = try verify()
        #expect(report.faults.isEmpty && report.links == 25 && report.unsealed == 0)
    }

    /// A program without the key can neither choose a row's number and time, nor say that it is sealed.
    @Test func aRoleWithoutTheKeyOnlyAddsRows() throws {
        for role in ["hookledger_operator", "hookledger_api", "hookledger_batch"] {
            for columns in ["link", "at", "id"] {
                #expect(throws: PostgresError.self) {
                    try ledger.connect(as: role).query(
                        "insert into operator_log (actor, action, subject, \(columns)) overriding system value values ('a', 'b', 'c', null)"
                    )
                }
            }
        }
        #expect(throws: PostgresError.self) {
            try ledger.connect(as: "hookledger_api").query("select lock_chain()")
        }
    }
}
